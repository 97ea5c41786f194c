using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>The room of the scheduler: which step runs, and values that depend on it.</summary>
public sealed class StageControl
{
    private readonly Scheduler _scheduler;
    private readonly Signal _current;

    internal StageControl(NodeConfiguration c, LoopLynxNode node)
    {
        Instance(out var scheduler, new Scheduler(c));
        _scheduler = scheduler;
        Let(out var stage, scheduler.Current);
        _current = stage;
        scheduler.Token.Drive(node.Token);
        node.CurrentStage.Drive(stage);
    }

    /// <summary>Number of the present step.</summary>
    public Signal Current => _current;

    /// <summary>The token's position.</summary>
    public Signal Position => _scheduler.Position;

    /// <summary>1 in the first cycle of any step.</summary>
    public Signal Begin => _scheduler.Begin;

    /// <summary>Products for the matrix processor.</summary>
    public Stream<MatrixCommand> Matrix => _scheduler.Matrix;

    /// <summary>The present step's work is complete.</summary>
    internal Signal Done => _scheduler.StageDone;

    /// <summary>Whether a step runs.</summary>
    public Signal In(ProgramStep step) => _current == step.Code;

    /// <summary>Whether one of some steps runs.</summary>
    public Signal In(IEnumerable<ProgramStep> steps) => steps.Select(In).Aggregate(Const(Bit, 0), (a, b) => a | b);

    /// <summary>1 in the first cycle of a step.</summary>
    public Signal Begins(ProgramStep step) => Begin & In(step);

    /// <summary>1 in the first cycle of one of some steps.</summary>
    public Signal Begins(IEnumerable<ProgramStep> steps) => Begin & In(steps);

    /// <summary>A constant for each of some steps.</summary>
    /// <param name="type">Type of the constants.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="value">The constant of a step.</param>
    /// <param name="otherwise">The constant in all other steps; null: the last step's.</param>
    public Signal Choose(HdlType type, IReadOnlyList<ProgramStep> steps, Func<ProgramStep, BigInteger> value, BigInteger? otherwise = null)
    {
        var rest = otherwise ?? value(steps[^1]);
        return steps.Where(s => value(s) != rest).GroupBy(value)
            .Aggregate(Const(type, rest), (chosen, group) => Mux(In(group), Const(type, group.Key), chosen));
    }
}
