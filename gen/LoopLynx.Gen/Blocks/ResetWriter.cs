using LoopLynx.Gen.Expressions;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>Clocks and resets of processes, by the domain's kind.</summary>
internal static class ResetWriter
{
    /// <summary>What a process with reset waits for: the clock, and an asynchronous reset's assertion.</summary>
    public static string Edges(ClockDomain domain, IReadOnlyDictionary<string, Net> clocks)
    {
        var clock = $"posedge {clocks[domain.Clock].Whole.Text}";
        return domain.AsynchronousReset ? $"{clock} or {(domain.ActiveLowReset ? "negedge" : "posedge")} {clocks[domain.Reset].Whole.Text}" : clock;
    }

    /// <summary>The condition that the reset is asserted.</summary>
    public static string Asserted(ClockDomain domain, IReadOnlyDictionary<string, Net> clocks) =>
        (domain.ActiveLowReset ? "!" : "") + clocks[domain.Reset].Whole.Text;

    /// <summary>The condition that it isn't, for claims, whose reads don't count.</summary>
    public static string Released(ClockDomain domain, IReadOnlyDictionary<string, Net> clocks) =>
        (domain.ActiveLowReset ? "" : "!") + clocks[domain.Reset].Name;
}
