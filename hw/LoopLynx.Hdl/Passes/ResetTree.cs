using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>
/// Gives resets a register level of their own where one net would drive too many registers: a definition with more of them gets registers between its
/// reset port and everything small in it, itself and its small children; large children have registers of their own. So all registers see a reset equally
/// late.
/// <code>
/// before: rst -> 900 registers of a, 300 of b, 80 of c        after: rst -> 4 copies in a; rst -> copy -> b; rst -> copy -> c
/// </code>
/// The level is in <see cref="Definition.ResetStages"/>; simulators delay the reset by the top's, the Verilog backend writes the registers.
/// </summary>
public static class ResetTree
{
    /// <summary>Sets the levels of a design's definitions.</summary>
    /// <param name="definitions">Children before parents.</param>
    /// <param name="mostLoads">Most register bits, and reset registers, that one net may drive.</param>
    internal static void Run(IEnumerable<Definition> definitions, int mostLoads)
    {
        foreach (var definition in definitions)
        {
            definition.MostResetLoads = mostLoads;
            definition.ResetStages = Reset(definition).Any(i => i.Definition.ResetStages > 0) || Bits(definition) > mostLoads ? 1 : 0;
        }
    }

    /// <summary>What each reset register of a definition drives.</summary>
    /// <param name="definition">One with a level of its own.</param>
    /// <param name="reset">The reset's name.</param>
    /// <returns>The registers: the definition's own bits, where a register drives them, and instances.</returns>
    public static IReadOnlyList<ResetGroup> Groups(Definition definition, string reset)
    {
        var groups = new List<ResetGroup>();
        var small = Reset(definition).Where(i => i.Definition.ResetStages == 0 && i.Definition.Domains.Any(d => d.Reset == reset));
        List<ResetGroup> items = [new(true, [], OwnBits(definition, reset)), .. small.Select(i => new ResetGroup(false, [i], Bits(i.Definition, reset)))];
        foreach (var item in items.Where(i => i.Loads > 0 || i.DrivesOwn))
        {
            var room = groups.FindIndex(g => g.Loads + item.Loads <= definition.MostResetLoads);
            if (room < 0)
            {
                groups.Add(item);
                continue;
            }

            groups[room] = groups[room].With(item);
        }

        return groups;
    }

    private static int Bits(Definition definition) =>
        definition.Domains.Select(d => d.Reset).Distinct().Select(reset => Bits(definition, reset)).DefaultIfEmpty().Max();

    private static int Bits(Definition definition, string reset) => OwnBits(definition, reset) + Reset(definition).Sum(i => Bits(i.Definition, reset));

    // What a register resets is no load of the reset.
    private static IEnumerable<InstanceInfo> Reset(Definition definition) => definition.Instances.Where(i => i.Reset is null);

    private static int OwnBits(Definition definition, string reset) =>
        definition.Registers.Where(r => r.HasReset && r.Domain.Reset == reset).Sum(r => r.Type.Width * r.Type.Lanes);
}
