using LoopLynx.Sim.Clocks;

namespace LoopLynx.Sim.Waves;

/// <summary>What a wave file shows.</summary>
public sealed record WaveOptions
{
    /// <summary>First cycle written.</summary>
    public long FirstCycle { get; init; }

    /// <summary>Last cycle written.</summary>
    public long LastCycle { get; init; } = long.MaxValue;

    /// <summary>True times: a cycle begins at the schedule's time instead of every <see cref="WaveWriter.CycleTime"/>, clocks fall half a period after they rose, and the unit is a picosecond.</summary>
    public ClockSchedule? Schedule { get; init; }

    /// <summary>Chooses nets by hierarchical path; null shows all.</summary>
    public Func<string, bool>? Include { get; init; }

    /// <summary>Most bytes of the file; when it is reached, the oldest cycles go and the newest stay. 0: no limit.</summary>
    public long SizeLimit { get; init; }

    /// <summary>A net of several lanes becomes a scope with one variable a lane up to this many lanes, above it one packed vector (lane 0 least significant).</summary>
    public int MaxLaneVariables { get; init; } = 64;
}
