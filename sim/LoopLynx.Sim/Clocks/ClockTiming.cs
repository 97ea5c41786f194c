using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Clocks;

/// <summary>When a clock has its edges: at <paramref name="Phase"/> + k * <paramref name="Period"/>, k = 1, 2, ...</summary>
/// <param name="Domain">A domain of the clock; domains that share the clock have the same edges.</param>
/// <param name="Period">Time from one rising edge to the next in ps, at least 2.</param>
/// <param name="Phase">How much later than a clock of phase 0 it is, in ps: 0 to period - 1.</param>
public sealed record ClockTiming(ClockDomain Domain, long Period, long Phase = 0);
