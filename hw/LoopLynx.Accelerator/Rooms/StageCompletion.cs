namespace LoopLynx.Accelerator;

/// <summary>The room that knows when a step is over. Packets that have landed are counted, since those of several nodes come in any order.</summary>
public sealed class StageCompletion
{
    /// <summary>Cycles from a packet that lands to the count that shows it.</summary>
    public const int Latency = 1;

    /// <summary>Cycles from what ends a step to the scheduler.</summary>
    public const int DoneLatency = 1;

    /// <summary>The earliest end of a step: not in its first cycle, in which flags of the step before may stand.</summary>
    public const int EarliestEnd = 1;

    private readonly NodeConfiguration _c;
    private readonly StageControl _stage;
    private readonly Dictionary<ProgramStep, Signal> _done = [];
    private readonly Dictionary<ProgramStep, Signal> _idle = [];

    internal StageCompletion(NodeConfiguration c, StageControl stage) => (_c, _stage) = (c, stage);

    /// <summary>States what ends a transport step.</summary>
    public void Done(ProgramStep step, Signal done) => _done.Add(step, done);

    /// <summary>States what a step awaits beside its last packet.</summary>
    public void Idle(ProgramStep step, Signal idle) => _idle.Add(step, idle);

    /// <summary>Connects what has been stated.</summary>
    internal void Connect(ResultRouting results, ActivationBuffer activations, Signal residualUpdated)
    {
        // Packets that belong to other nodes' heads count too: the ring is empty after them.
        Let(out var lands, results.To(ResultPlace.Heads).Fire | activations.Vector.Fire | activations.Hidden.Fire);
        Counter(out var landed, UInt(Sizes.BitsFor(_c.LongestResult / _c.PacketLanes)));
        When(_stage.Begin, () => landed.Clear()).ElseWhen(lands, () => landed.Step());

        var adds = _c.Program.EachLayer.Any(s => s.Completion == Completion.ResidualUpdated);
        var updated = adds ? Kept(residualUpdated) : residualUpdated;
        Signal Done(ProgramStep step) => step.Completion switch
        {
            _ when _done.TryGetValue(step, out var stated) => stated,
            Completion.ResidualUpdated => updated,
            Completion.PacketsLandedAndIdle => landed.Value == _c.Program.LandingPackets(step) & _idle[step],
            _ => landed.Value == _c.Program.LandingPackets(step),
        };
        var done = _c.Program.Steps.Select(s => _stage.In(s) & Done(s)).Aggregate((a, b) => a | b);

        // Flags of the step before stand until the next step has begun in the kernels.
        Wire(out var ends, Bit);
        var ended = ends.RegisteredReset(0, name: "stepEnded");
        ends.Drive(results.Sent & done & !ended & !_stage.Beginning & !_stage.Begin);
        _stage.Done.Drive(ended);
    }

    /// <summary>The pulse, kept for its step: on a stalled link the node's last packet may still wait when the others' have been added.</summary>
    private Signal Kept(Signal residualUpdated)
    {
        Register(out var added, Bit, reset: 0);
        When(_stage.Begin, () => added.Drive(0)).ElseWhen(residualUpdated, () => added.Drive(1));
        return Let(out _, residualUpdated | added, "updated");
    }
}
