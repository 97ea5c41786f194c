using System.Diagnostics;

namespace LoopLynx.Races;

/// <summary>A timed run: what a runner is asked for may end in the middle of a token, so it says itself how many cycles it ran.</summary>
/// <param name="Cycles">Cycles that it ran.</param>
/// <param name="Seconds">Wall time of them alone.</param>
/// <param name="State">The state that they ended in.</param>
internal sealed record Lap(long Cycles, double Seconds, string State)
{
    /// <summary>Wall time of a cycle.</summary>
    public double SecondsPerCycle => Seconds / Cycles;

    /// <summary>Times a run; the state is taken when the clock has stopped.</summary>
    public static Lap Time(Func<long> run, Func<string> state)
    {
        var clock = Stopwatch.StartNew();
        var cycles = run();
        var seconds = clock.Elapsed.TotalSeconds;
        return new Lap(cycles, seconds, state());
    }
}
