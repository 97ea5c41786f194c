namespace LoopLynx.Hdl.Netlist;

/// <summary>A clock and its reset. Compared by name and kind: every definition that uses the domain has ports of these names.</summary>
/// <remarks>
/// Domains with one clock name share that clock: an edge is an edge of all of them, and what passes between them isn't a crossing. Domains with one reset name share that reset,
/// which must be of one kind everywhere.
/// </remarks>
/// <param name="Clock">Name of the clock port.</param>
/// <param name="Reset">Name of the reset port.</param>
public sealed record ClockDomain(string Clock, string Reset)
{
    /// <summary>The domain of a design that doesn't ask for another one.</summary>
    public static ClockDomain Default { get; } = new("clk", "rst");

    /// <summary>Whether registers take their initial values as soon as the reset is asserted, without an edge. The reset is released away from the clock's edge: see <see cref="ResetSynchroniser"/>.</summary>
    public bool AsynchronousReset { get; init; }

    /// <summary>Whether the reset port is asserted at 0. <c>Reset(domain, true)</c> of an engine asserts it either way.</summary>
    public bool ActiveLowReset { get; init; }

    /// <summary>The domain in the text form of a netlist: <c>clk</c>, or <c>mem_clk:mem_rst:async:low</c>.</summary>
    internal string Text => this == Default ? Clock : $"{Clock}:{Reset}{(AsynchronousReset ? ":async" : "")}{(ActiveLowReset ? ":low" : "")}";
}
