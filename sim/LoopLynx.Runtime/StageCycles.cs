using LoopLynx.Accelerator;
using LoopLynx.Contract;

namespace LoopLynx.Runtime;

/// <summary>Cycles of a token by step of the program and activity.</summary>
/// <param name="program">What the machine does with a token.</param>
public sealed class StageCycles(LayerProgram program)
{
    /// <summary>Name of the idle machine's step.</summary>
    public const string Idle = nameof(Scheduler.Idle);

    private static readonly int Activities = Enum.GetValues<Activity>().Length;
    private readonly long[] _cycles = new long[(program.Steps.Count + 1) * Activities];

    /// <summary>Names of the steps, in the order of the program.</summary>
    public IEnumerable<string> Names => program.Steps.Select(s => s.Name);

    /// <summary>Whether it is known what was done in the cycles of a step.</summary>
    public bool HasActivities { get; private set; } = true;

    /// <summary>Cycles of one kind.</summary>
    public long this[string step, Activity activity] => _cycles[(CodeOf(step) * Activities) + (int)activity];

    /// <summary>Cycles of a step.</summary>
    public long this[string step] => Enum.GetValues<Activity>().Sum(activity => this[step, activity]);

    /// <summary>Name of the step with a number.</summary>
    public string NameOf(int code) => program.Steps.FirstOrDefault(s => s.Code == code)?.Name ?? Idle;

    /// <summary>Back to zero.</summary>
    public void Clear() => Array.Clear(_cycles);

    /// <summary>Takes a step's cycles as somebody else has counted them, without what was done in them.</summary>
    /// <param name="step">Name of the step.</param>
    /// <param name="cycles">Its cycles.</param>
    public void Take(string step, long cycles)
    {
        HasActivities = false;
        _cycles[CodeOf(step) * Activities] += cycles;
    }

    /// <summary>Counts a cycle.</summary>
    /// <param name="code">Number of the step.</param>
    /// <param name="activity">Number of the activity.</param>
    public void Count(int code, int activity) => _cycles[(code * Activities) + activity]++;

    private int CodeOf(string step) => step == Idle ? Scheduler.Idle : program.Steps.Single(s => s.Name == step).Code;
}
