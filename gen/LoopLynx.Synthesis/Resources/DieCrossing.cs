using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Resources;

/// <summary>
/// Lines between the dies (SLLs) that a unit on the second die takes: memory and shell lie at the first one, so every port of the unit crosses, but its clock
/// and what is constant.
/// </summary>
/// <param name="Memory">Bits of the memory channels' ports.</param>
/// <param name="Host">Bits of the host's port, the control registers' and the interrupt.</param>
/// <param name="Ring">Bits of the ring's two ports.</param>
public sealed record DieCrossing(int Memory, int Host, int Ring)
{
    /// <summary>All of them.</summary>
    public int Total => Memory + Host + Ring;

    /// <summary>Counts the ports of a mapped unit.</summary>
    public static DieCrossing Of(FlatDesign unit)
    {
        var lines = new[] { PortSide.Input, PortSide.Output }.SelectMany(unit.Ports)
            .Where(p => !FlatDesign.IsConstant(p.Net) && p.Port.Name is not ("clk" or "rst")).Select(p => p.Port.Name).ToArray();
        int Count(Func<string, bool> belongs) => lines.Count(belongs);
        bool IsMemory(string name) => name.StartsWith("m_axi_gmem", StringComparison.Ordinal);
        bool IsRing(string name) => name.StartsWith("ring_", StringComparison.Ordinal);
        return new(Count(IsMemory), Count(n => !IsMemory(n) && !IsRing(n)), Count(IsRing));
    }
}
