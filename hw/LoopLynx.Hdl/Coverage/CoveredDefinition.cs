using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Coverage;

/// <summary>A definition's points and the registers that remember them in every instance.</summary>
/// <param name="Definition">With the registers added.</param>
/// <param name="Hash">Of the hardware without them and of its points: equal in every design that contains the same definition.</param>
/// <param name="Items">The points.</param>
/// <param name="Probes">For each item, where its bits are; several places: hit in any of them.</param>
/// <param name="ReadRegisters">The registers that remember, in the order of the read port's bits.</param>
public sealed record CoveredDefinition(Definition Definition, string Hash, ImmutableArray<CoverageItem> Items, ImmutableArray<ImmutableArray<CoverageProbe>> Probes, ImmutableArray<RegisterNode> ReadRegisters)
{
    /// <summary>The C# class.</summary>
    public string ClassName => Definition.ModuleType;

    // Instances are left out: their definitions have hashes of their own, and their names depend on the rest of the design.
    internal static string HashOf(Definition source, IEnumerable<CoverageItem> items)
    {
        var text = new StringBuilder(source.ModuleType).Append('\n');
        foreach (var line in NetlistText.Body(source).Split('\n').Where(line => !line.StartsWith("  (instance ", StringComparison.Ordinal)))
        {
            text.Append(line).Append('\n');
        }

        foreach (var item in items)
        {
            text.Append(item.Kind).Append(' ').Append(item.Name).Append(' ').Append(item.Location).Append(' ').Append(item.Ordinal).Append(' ').Append(item.Bits).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}

/// <summary>Where an item's bits are kept: bits <paramref name="Low"/> and up of a register, of every lane.</summary>
/// <param name="Register">Its name in the definition.</param>
/// <param name="Low">Lowest bit.</param>
public sealed record CoverageProbe(string Register, int Low);
