namespace LoopLynx.Accelerator;

/// <summary>
/// What holds up the steps of attention besides their rows: room for the scores of a head, its probabilities, and room for the sums of a part. It counts in the
/// module that is being built.
/// </summary>
internal sealed class AttentionGates
{
    private readonly NodeConfiguration _c;
    private readonly SoftmaxUnit _softmax;
    private readonly Credits _sums;
    private readonly MixUnit _mix;
    private readonly Signal _isGranted;
    private Signal? _mixGranted;
    private Credits? _room;
    private Signal? _roomTaken;

    /// <summary>Makes the registers of the gates in the module that is being built.</summary>
    public AttentionGates(NodeConfiguration c, SoftmaxUnit softmax, MixUnit mix)
    {
        (_c, _softmax, _mix) = (c, softmax, mix);
        Credits(out var sums, MixUnit.ResultDepth);
        Register(out var isGranted, Bit, reset: 0);
        (_sums, _isGranted) = (sums, isGranted);
    }

    /// <summary>Whether the present step of an order may go on. Called once for every order of a kernel.</summary>
    public Signal Allow(Stream<AttentionStep> steps, HeadPhases phases) => phases switch
    {
        HeadPhases.Keys => AllowKeys(steps),
        HeadPhases.Values => AllowValues(steps, steps.Fire),

        // Where K and V share an order, it sees to the room for scores.
        _ => !steps.Data.IsValue | AllowValues(steps, steps.Fire & steps.Data.IsValue),
    };

    /// <summary>The gates open again. Called once, when all orders have theirs.</summary>
    /// <param name="begins">A head's mixing has begun.</param>
    /// <param name="ends">A head has been mixed.</param>
    public void Close(Signal begins, Signal ends)
    {
        // Probabilities are granted to a head once; the next head's are ready after these have been taken.
        When(_mixGranted!, () => _isGranted.Drive(1)).ElseWhen(begins, () => _isGranted.Drive(0));
        _room?.Move(_roomTaken!, give: _c.HeadPipeline ? _softmax.ScoresRead : ends);
    }

    /// <summary>
    /// Two heads' scores are kept, so K of a third waits for the first one's softmax; without the head pipeline K waits until the head before has been mixed.
    /// </summary>
    private Signal AllowKeys(Stream<AttentionStep> steps)
    {
        Let(out var startsHead, steps.Data.Begin);
        Credits(out var headRoom, _c.HeadPipeline ? 2 : 1);
        (_room, _roomTaken) = (headRoom, steps.Fire & startsHead);
        return !startsHead | headRoom.Any;
    }

    /// <summary>A part waits for room for its sums, a head for its probabilities.</summary>
    private Signal AllowValues(Stream<AttentionStep> steps, Signal fire)
    {
        Let(out var startsPart, steps.Data.First);
        Let(out var startsMix, steps.Data.Begin);
        _mixGranted = fire & startsMix;
        _sums.Move(take: fire & startsPart, give: _mix.Freed);
        return (!startsPart | _sums.Any) & (!startsMix | (_softmax.Results.Ready & !_isGranted));
    }
}
