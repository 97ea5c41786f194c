namespace LoopLynx.Accelerator;

/// <summary>A rate of a channel's beats in the long run, as a rational number of at most one a cycle.</summary>
/// <param name="Beats">Beats that come in <paramref name="Cycles"/>.</param>
/// <param name="Cycles">Cycles.</param>
public readonly record struct BeatRate(long Beats, long Cycles)
{
    /// <summary>One beat a cycle.</summary>
    public static BeatRate Whole { get; } = new(1, 1);

    /// <summary>A rate, or one beat a cycle if it is more.</summary>
    public static BeatRate AtMostWhole(long beats, long cycles) => beats < cycles ? new(beats, cycles) : Whole;

    /// <summary>Cycles after which so many beats have come.</summary>
    public long CyclesOf(long beats) => (long)((((Int128)beats * Cycles) + Beats - 1) / Beats);

    /// <summary>Beats that have come after so many cycles.</summary>
    public long BeatsIn(long cycles) => (long)((Int128)cycles * Beats / Cycles);
}
