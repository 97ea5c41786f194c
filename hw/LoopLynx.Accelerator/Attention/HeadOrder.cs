namespace LoopLynx.Accelerator;

/// <summary>The phases that an order walks through.</summary>
public enum HeadPhases
{
    /// <summary>K and V phases, one after another.</summary>
    Both,

    /// <summary>K phases only.</summary>
    Keys,

    /// <summary>V phases only.</summary>
    Values,
}

/// <summary>
/// The order of K and V phases, in one place for the attention kernel and for the address program that feeds it:
/// with the head pipeline K0 K1 V0 K2 V1 ... , without it K0 V0 K1 V1 ...; or K and V on their own, where each has its own channels.
/// </summary>
internal sealed class HeadOrder
{
    private readonly Signal _keysDone;
    private readonly Signal _valuesDone;
    private readonly Signal _nextIsKey;
    private readonly Signal _keyHead;
    private readonly Signal _valueHead;
    private readonly HeadPhases _phases;

    /// <summary>Makes the registers of an order in the module that is being built.</summary>
    public HeadOrder(NodeConfiguration c, HeadPhases phases)
    {
        _phases = phases;
        var heads = c.NodeHeads;
        Register(out var isValue, Bit, reset: phases == HeadPhases.Values ? 1 : 0);
        Register(out var keyHead, UInt(Sizes.BitsFor(heads)), reset: 0);
        Register(out var valueHead, UInt(Sizes.BitsFor(heads)), reset: 0);
        (IsValue, _keyHead, _valueHead) = (isValue, keyHead, valueHead);

        // The heads whose scores may be ahead of mixing: two with the pipeline, one without.
        var ahead = c.HeadPipeline ? 2 : 1;
        _keysDone = (keyHead + Mux(isValue, Const(Bit, 0), 1)).Truncate(keyHead.Width);
        _valuesDone = (valueHead + Mux(isValue, Const(Bit, 1), 0)).Truncate(valueHead.Width);
        Let(out var nextIsKey, phases switch
        {
            HeadPhases.Keys => Const(Bit, 1),
            HeadPhases.Values => Const(Bit, 0),
            _ => _keysDone != heads & _keysDone < _valuesDone + ahead,
        });
        _nextIsKey = nextIsKey;
        Let(out var lastPhase, phases == HeadPhases.Keys ? _keysDone == heads : _valuesDone == heads);
        LastPhase = lastPhase;
        Head = Mux(isValue, valueHead, keyHead).Truncate(Sizes.AddressBits(heads));
    }

    /// <summary>0: the present phase is K; 1: it is V.</summary>
    public Signal IsValue { get; }

    /// <summary>Head of the present phase.</summary>
    public Signal Head { get; }

    /// <summary>The present phase is the last of the layer.</summary>
    public Signal LastPhase { get; }

    /// <summary>Back to the first phase of head 0, where the surrounding conditions hold.</summary>
    public void Restart()
    {
        IsValue.Drive(_phases == HeadPhases.Values ? 1 : 0);
        _keyHead.Drive(0);
        _valueHead.Drive(0);
    }

    /// <summary>On to the next phase, where the surrounding conditions hold.</summary>
    public void Next()
    {
        _keyHead.Drive(_keysDone);
        _valueHead.Drive(_valuesDone);
        IsValue.Drive(!_nextIsKey);
    }
}
