namespace LoopLynx.Hdl.Netlist;

/// <summary>A clock and its synchronous, active-high reset. Compared by name: every definition that uses the domain has ports of these names.</summary>
/// <param name="Clock">Name of the clock port.</param>
/// <param name="Reset">Name of the reset port.</param>
public sealed record ClockDomain(string Clock, string Reset)
{
    /// <summary>The domain of a design that doesn't ask for another one.</summary>
    public static ClockDomain Default { get; } = new("clk", "rst");
}
