namespace LoopLynx.Runtime;

/// <summary>
/// Two clocks that start together, as a rational number: exact for as long as a run lasts, and the same on every engine. A cycle n of either clock begins
/// n of its periods after the start.
/// </summary>
/// <param name="FromMhz">Frequency of the first clock, in MHz.</param>
/// <param name="ToMhz">Frequency of the second clock, in MHz.</param>
public readonly record struct ClockRatio(int FromMhz, int ToMhz)
{
    /// <summary>The first cycle of the second clock that doesn't begin before a cycle of the first one.</summary>
    public long Forward(long cycle) => CeilingOf(cycle, ToMhz, FromMhz);

    /// <summary>The first cycle of the first clock that doesn't begin before a cycle of the second one.</summary>
    public long Back(long cycle) => CeilingOf(cycle, FromMhz, ToMhz);

    private static long CeilingOf(long cycle, long times, long by) => ((cycle * times) + by - 1) / by;
}
