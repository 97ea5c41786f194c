using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>Cycles of a token by stage and activity.</summary>
public sealed class StageCycles
{
    private static readonly int Stages = Enum.GetValues<Stage>().Length;
    private static readonly int Activities = Enum.GetValues<Activity>().Length;
    private readonly long[] _cycles = new long[Stages * Activities];

    /// <summary>Cycles of one kind.</summary>
    public long this[Stage stage, Activity activity] => _cycles[((int)stage * Activities) + (int)activity];

    /// <summary>Cycles of a stage.</summary>
    public long this[Stage stage] => Enum.GetValues<Activity>().Sum(activity => this[stage, activity]);

    /// <summary>Back to zero.</summary>
    public void Clear() => Array.Clear(_cycles);

    /// <summary>Counts a cycle.</summary>
    public void Count(int stage, int activity) => _cycles[(stage * Activities) + activity]++;
}
