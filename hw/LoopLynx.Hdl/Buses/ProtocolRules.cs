using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Makes the claims of one bus: each duty as an assertion or an assumption, by the side that has it.</summary>
internal sealed class ProtocolRules
{
    private readonly ProtocolClaim _manager;
    private readonly ProtocolClaim _subordinate;
    private readonly string _file;
    private readonly int _line;
    private readonly Signal _isFirst;

    public ProtocolRules(string bus, BusSide own, ProtocolClaim manager, ProtocolClaim subordinate, string file, int line)
    {
        ProtocolClaim Resolved(ProtocolClaim claim, BusSide side) => claim != ProtocolClaim.ByDirection ? claim : side == own ? ProtocolClaim.Assert : ProtocolClaim.Assume;
        (Bus, _file, _line) = (bus, file, line);
        (_manager, _subordinate) = (Resolved(manager, BusSide.Manager), Resolved(subordinate, BusSide.Subordinate));
        _isFirst = !Const(Bit, 1).RegisteredReset(0, null, $"{bus}_running", file, line);
    }

    /// <summary>Prefix of the bus's ports, of the checker's registers and of its messages.</summary>
    public string Bus { get; }

    /// <summary>A duty.</summary>
    public void Require(BusSide side, Signal condition, string rule)
    {
        switch (side == BusSide.Manager ? _manager : _subordinate)
        {
            case ProtocolClaim.Assert:
                Assert(condition, $"{Bus}: {rule}", _file, _line);
                break;
            case ProtocolClaim.Assume:
                Assume(condition, $"{Bus}: {rule}", _file, _line);
                break;
        }
    }

    /// <summary>A duty while <paramref name="when"/> is 1.</summary>
    public void RequireWhen(BusSide side, Signal when, Signal condition, string rule) => Require(side, !when | condition, rule);

    /// <summary>What every channel keeps: no beat right after reset, and an offered beat stays, unchanged, until it is taken.</summary>
    public void Channel<T>(BusSide sender, Stream<T> channel, string name)
    {
        RequireWhen(sender, _isFirst, !channel.Valid, $"{name}VALID is 0 in the first cycle after reset");
        var stalled = Reset(channel.Valid & !channel.Ready, 0, $"{name}_stalled");
        RequireWhen(sender, stalled, channel.Valid, $"{name}VALID stays until {name}READY");
        foreach (var (field, fieldName) in channel.Fields.Zip(Payload<T>.Names).Where(f => BusPorts.Has(f.First)))
        {
            var before = field.Registered(null, $"{Bus}_{name}_{fieldName}", _file, _line);
            RequireWhen(sender, stalled, (field == before).AllLanes(), $"the {fieldName} of {name} doesn't change until {name}READY");
        }
    }

    /// <summary>A register of the checker.</summary>
    public Signal Counter(int max, string name)
    {
        Register(out var register, UInt(Sizes.BitsFor(max)), reset: 0, $"{Bus}_{name}", _file, _line);
        return register;
    }

    /// <summary>Requests that wait for their answers: each answer needs one, at most <paramref name="max"/> wait, and where <paramref name="within"/> is given the answer comes in time.</summary>
    /// <param name="name">For the register.</param>
    /// <param name="max">Most requests at a time that the checker counts.</param>
    /// <param name="request">One more.</param>
    /// <param name="valid">An answer is offered.</param>
    /// <param name="taken">An answer moves.</param>
    /// <param name="answer">The channel of answers.</param>
    /// <param name="what">What it answers.</param>
    /// <param name="within">Cycles, or null.</param>
    public Signal Pending(string name, int max, Signal request, Signal valid, Signal taken, string answer, string what, int? within)
    {
        var pending = Counter(max, name);
        RequireWhen(BusSide.Subordinate, valid, pending != 0, $"{answer}VALID answers {what}");
        RequireWhen(BusSide.Subordinate, request & !taken, pending != max, $"at most {max} requests wait for {answer} (outstanding)");
        pending.Drive(Credits.After(pending, take: taken, give: request), _file, _line);
        if (within is { } cycles)
        {
            InTime(name, cycles, pending != 0 & !valid, answer);
        }

        return pending;
    }

    /// <summary><paramref name="waits"/> is 1 for fewer than <paramref name="cycles"/> + 1 cycles in a row.</summary>
    public void InTime(string name, int cycles, Signal waits, string answer)
    {
        var waited = Counter(cycles, $"{name}_waited");
        RequireWhen(BusSide.Subordinate, waits, waited != cycles, $"{answer}VALID comes within {cycles} cycles (answerWithin)");
        waited.Drive(Mux(waits, waited.WrapAdd(1), 0), _file, _line);
    }

    /// <summary>A value one cycle later, with reset.</summary>
    public Signal Reset(Signal value, int reset, string name) => value.RegisteredReset(reset, null, $"{Bus}_{name}", _file, _line);
}
