using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Makes the claims of one bus: each duty as an assertion or an assumption, by the side that has it.</summary>
internal sealed class ProtocolRules
{
    private readonly ProtocolClaim _manager;
    private readonly ProtocolClaim _subordinate;
    private readonly string _file;
    private readonly int _line;
    private Signal? _active;

    public ProtocolRules(string bus, BusSide own, ProtocolClaim manager, ProtocolClaim subordinate, string file, int line)
    {
        ProtocolClaim Resolved(ProtocolClaim claim, BusSide side) => claim != ProtocolClaim.ByDirection ? claim : side == own ? ProtocolClaim.Assert : ProtocolClaim.Assume;
        (Bus, _file, _line) = (bus, file, line);
        (_manager, _subordinate) = (Resolved(manager, BusSide.Manager), Resolved(subordinate, BusSide.Subordinate));
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
    public void RequireWhen(BusSide side, Signal when, Signal condition, string rule) =>
        Require(side, _active is null ? !when | condition : !_active | (!when | condition), rule);

    /// <summary>Duties that can only be broken while <paramref name="active"/> is 1: a simulator looks at all of them at once.</summary>
    public void Within(Signal active, Action duties)
    {
        var around = _active;
        _active = active;
        duties();
        _active = around;
    }

    /// <summary>
    /// What every channel keeps: no beat right after reset, and an offered beat stays, unchanged, until it is taken.
    /// One register says whether there is anything to look at; where it is 0 a simulator has one comparison a bus.
    /// </summary>
    public void Channels(params IReadOnlyList<BusChannel> channels)
    {
        // The first cycle after reset, and the channels that stalled in the cycle before.
        var first = channels.Count;
        Register(out var before, UInt(first + 1), reset: System.Numerics.BigInteger.One << first, $"{Bus}_stalled", _file, _line);
        var stalls = Cat([Const(Bit, 0), .. channels.Select(c => c.Stalls).Reverse()]);
        before.Drive(stalls, _file, _line);
        var looks = before != 0;
        var keeps = stalls != 0;
        foreach (var (channel, i) in channels.Select((channel, i) => (channel, i)))
        {
            void Keep(Signal when, Signal condition, string rule) => Require(channel.Sender, !looks | (!when | condition), rule);
            Keep(before[first], !channel.Valid, $"{channel.Name}VALID is 0 in the first cycle after reset");
            Keep(before[i], channel.Valid, $"{channel.Name}VALID stays until {channel.Name}READY");
            foreach (var (name, value) in channel.Fields)
            {
                var held = Held(value, keeps, channel.Stalls, $"{Bus}_{channel.Name}_{name}");
                Keep(before[i], (value == held).AllLanes(), $"the {name} of {channel.Name} doesn't change until {channel.Name}READY");
            }
        }
    }

    // Kept only where it will be looked at, which costs a simulator next to nothing.
    private Signal Held(Signal value, Signal keeps, Signal stalls, string name)
    {
        var (builder, location) = (Builder.Current, new SourceLocation(_file, _line));
        var register = builder.NewRegister(value.Type, name, null, location);
        var held = builder.Wrap(register);
        builder.AssignRegister(register, builder.Resolve(Mux(keeps, Mux(stalls, value, held), held)), null, location);
        return held;
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
