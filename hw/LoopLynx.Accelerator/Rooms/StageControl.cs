using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>
/// The room of the scheduler: which step runs, and values that depend on it. All are registers behind the decoded step, so that a kernel's first path of a
/// cycle begins with its own value and not with the number of the step.
/// </summary>
public sealed class StageControl
{
    /// <summary>Cycles from a token that is taken to the first cycle of its first step.</summary>
    public const int StartLatency = Scheduler.Latency + DecodeLatency;

    /// <summary>Cycles from what ends a step to the first cycle of the step that comes.</summary>
    public const int Latency = StageCompletion.DoneLatency + Scheduler.Latency + DecodeLatency;

    /// <summary>Cycles from a product's first to its command: the scheduler gives it while the step is decoded.</summary>
    public const int CommandLatency = Scheduler.CommandLatency - DecodeLatency;

    // From the scheduler's step to its decoded values.
    private const int DecodeLatency = 1;

    private readonly Scheduler _scheduler;
    private readonly Dictionary<string, Signal> _decoded = [];

    internal StageControl(NodeConfiguration c, LoopLynxNode node)
    {
        Instance(out var scheduler, new Scheduler(c));
        _scheduler = scheduler;
        scheduler.Token.Drive(node.Token);
        scheduler.LastLayer?.Drive(node.LastLayer!);
        Current = scheduler.Current.RegisteredReset(0, name: "stage");
        Begin = scheduler.Begin.RegisteredReset(0, name: "begin");
    }

    /// <summary>Number of the present step.</summary>
    public Signal Current { get; }

    /// <summary>The token's position.</summary>
    public Signal Position => _scheduler.Position;

    /// <summary>1 in the first cycle of any step.</summary>
    public Signal Begin { get; }

    /// <summary>Products for the matrix processor.</summary>
    public Stream<MatrixCommand> Matrix => _scheduler.Matrix;

    /// <summary>The present step's work is complete.</summary>
    internal Signal Done => _scheduler.StageDone;

    /// <summary>The scheduler has begun a step whose decoded values come in the next cycle.</summary>
    internal Signal Beginning => _scheduler.Begin;

    /// <summary>Whether a step runs.</summary>
    public Signal In(ProgramStep step) => In([step]);

    /// <summary>Whether one of some steps runs.</summary>
    public Signal In(IEnumerable<ProgramStep> steps) => Decoded("in", steps, (now, codes) => IsOneOf(now, codes).RegisteredReset(0));

    /// <summary>
    /// Whether one of some steps comes in the next cycle, or goes on: for a register of a kernel that is to have the value in the step's first cycle.
    /// </summary>
    public Signal Next(IEnumerable<ProgramStep> steps) => IsOneOf(_scheduler.Current, Codes(steps));

    /// <summary>1 in the first cycle of a step.</summary>
    public Signal Begins(ProgramStep step) => Begins([step]);

    /// <summary>1 in the first cycle of one of some steps.</summary>
    public Signal Begins(IEnumerable<ProgramStep> steps) =>
        Decoded("begins", steps, (now, codes) => (_scheduler.Begin & IsOneOf(now, codes)).RegisteredReset(0));

    /// <summary>A constant for each of some steps.</summary>
    /// <param name="type">Type of the constants.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="value">The constant of a step.</param>
    /// <param name="otherwise">The constant in all other steps; null: the last step's.</param>
    public Signal Choose(HdlType type, IReadOnlyList<ProgramStep> steps, Func<ProgramStep, BigInteger> value, BigInteger? otherwise = null)
    {
        var rest = otherwise ?? value(steps[^1]);
        var groups = steps.Where(s => value(s) != rest).GroupBy(value).ToList();
        Signal Chosen(Signal others, IGrouping<BigInteger, ProgramStep> group) =>
            Mux(IsOneOf(_scheduler.Current, Codes(group)), Const(type, group.Key), others);
        return groups.Count == 0 ? Const(type, rest) : groups.Aggregate(Const(type, rest), Chosen).Registered();
    }

    private static int[] Codes(IEnumerable<ProgramStep> steps) => [.. steps.Select(s => s.Code).Order()];

    private static Signal IsOneOf(Signal current, IReadOnlyList<int> codes) => codes.Select(code => current == code).Aggregate(Const(Bit, 0), (a, b) => a | b);

    /// <summary>One register for each question, however often it is asked.</summary>
    private Signal Decoded(string question, IEnumerable<ProgramStep> steps, Func<Signal, IReadOnlyList<int>, Signal> decode)
    {
        var codes = Codes(steps);
        var key = $"{question} {string.Join(' ', codes)}";
        return _decoded.TryGetValue(key, out var known) ? known : _decoded[key] = decode(_scheduler.Current, codes);
    }
}
