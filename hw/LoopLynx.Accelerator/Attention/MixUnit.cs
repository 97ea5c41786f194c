namespace LoopLynx.Accelerator;

/// <summary>What turns a mixed value into an int8 context: reciprocal of the probabilities' sum (mantissa Q16, exponent) and the head's scale.</summary>
public sealed record ContextScale(Signal Mantissa, Signal Exponent, Signal Multiplier, Signal Shift)
{
    /// <summary>Types of the fields.</summary>
    public static ContextScale Shape(NodeConfiguration c) => new(
        Mantissa: UInt(Formats.ReciprocalBits), Exponent: UInt(Sizes.AddressBits(c.Plan.ProbabilitySumBits(c.Context))),
        Multiplier: UInt(Formats.MultiplierBits), Shift: UInt(Formats.ShiftBits));
}

/// <summary>Mixed values, a packet of consecutive dimensions of one head, with the head's scale.</summary>
public sealed record MixedPacket(Signal Values, ContextScale Scale)
{
    /// <summary>Types of the fields.</summary>
    public static MixedPacket Shape(NodeConfiguration c) =>
        new(Values: SInt(c.Plan.MixBits(c.Context)).Lanes(c.PacketLanes), Scale: ContextScale.Shape(c));
}

/// <summary>
/// MAC array 2, token mixing: every value of a super-beat times the probability of its position, summed up over the positions of a row and then over the rows.
/// </summary>
/// <remarks>
/// Free-running in front of the sums: a head (or a part of a wide one) that is complete is kept until the one before has been sent, packet by packet; the
/// kernel holds credits for the two. Latency from the last beat: <see cref="Latency"/>.
/// Formats: probability u16, value int8, sum <see cref="NumericPlan.MixBits"/> bits, exact. Source: LoopLynx III-D, Fig. 6(b).
/// </remarks>
public sealed class MixUnit(NodeConfiguration configuration) : Module
{
    /// <summary>Results that there is room for, and so the number of credits: one that is being sent, and one that is kept.</summary>
    public const int ResultDepth = 2;

    /// <summary>Cycles from a packet that is on its turn to the packet.</summary>
    public static readonly int PacketLatency = StreamPipelines.Latency(MixLane.ControlLatency);

    /// <summary>Cycles from a result's last packet that is on its turn to <see cref="Freed"/>.</summary>
    public const int FreeLatency = 1;

    /// <summary>A beat of V is present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>First row: the accumulators restart.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>Last row: the sums are complete.</summary>
    public readonly Signal Last = Input(Bit);

    /// <summary>Values; null where the products are another unit's.</summary>
    public readonly Signal? Values = configuration.SharesMultipliers ? null : Input(configuration.Types.Value.Lanes(configuration.KvBytes));

    /// <summary>Probabilities of the row's positions; null like <see cref="Values"/>.</summary>
    public readonly Signal? Probabilities =
        configuration.SharesMultipliers ? null : Input(configuration.Types.Probability.Lanes(configuration.PositionsPerRow));

    /// <summary>The dimensions' sums from <see cref="AttentionArray"/>, its latency after <see cref="Valid"/>; else null.</summary>
    public readonly Signal? Dots = configuration.SharesMultipliers ? Input(AttentionArray.MixType(configuration).Lanes(configuration.HeadLanes)) : null;

    /// <summary>Scale of the head; with its last beat.</summary>
    public readonly SignalGroup<ContextScale> Scale = Inputs(ContextScale.Shape(configuration));

    /// <summary>Sums, packet after packet of a head or part.</summary>
    public readonly StreamOut<MixedPacket> Mixed = Out(MixedPacket.Shape(configuration));

    /// <summary>1 for one cycle when there is room for another result.</summary>
    public readonly Signal Freed = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "probability-weighted sum of values";

    /// <summary>Packets of a head, or of a part of a wide one.</summary>
    public static int Packets(NodeConfiguration c) => c.HeadLanes / c.PacketLanes;

    /// <summary>Cycles from the last beat to the first packet's turn.</summary>
    public static int SumLatency(NodeConfiguration c) => MixLane.Latency(c);

    /// <summary>Cycles from the last beat to the first packet.</summary>
    public static int Latency(NodeConfiguration c) => SumLatency(c) + PacketLatency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var rows = DotProduct.Latency(configuration.PositionsPerRow);
        var lanes = Lanes(rows);
        Let(out var complete, (Valid & Last).DelayedReset(rows));
        var keptScale = Payloads.Each(Scale.Data, s => s.Delayed(rows).Registered(complete));

        // A kept result is loaded when the one before has left the lanes, whether or not its first packet can go on: the next may come then.
        Counter(out var packet, Packets(configuration));
        Register(out var isKept, Bit, reset: 0);
        Register(out var isLoaded, Bit, reset: 0);
        Wire(out var ready, Bit);
        var turns = StreamSources.Of(isKept | isLoaded, packet.Value, ready);
        Let(out var load, isKept & !isLoaded);
        Let(out var isDone, turns.Fire & packet.IsLast);
        var sentScale = Payloads.Each(keptScale, s => s.Registered(load));
        foreach (var lane in lanes)
        {
            lane.Hold.Drive(complete);
            lane.Load.Drive(load);
            lane.Shift.Drive(turns.Fire & packet.Value != 0);
        }

        When(turns.Fire, () => packet.Step());
        When(isDone, () => isLoaded.Drive(0)).ElseWhen(load, () => isLoaded.Drive(1));
        When(complete, () => isKept.Drive(1)).ElseWhen(load, () => isKept.Drive(0));
        Assert(!complete | !isKept | load, "every mixing that starts has room for its result");
        Freed.Drive(isDone.RegisteredReset(0));

        var sent = SignalLanes.JoinLanes([.. lanes.Take(configuration.PacketLanes).Select(l => l.Sent)]);
        Mixed.Drive(turns.Pipeline(MixLane.ControlLatency, _ => new MixedPacket(
            At(MixLane.ControlLatency, sent), Payloads.Each(sentScale, s => At(1, s))), "sent"));
    }

    /// <summary>The dimensions; lanes of a row are [position][dimension]. A packet's lanes are filled from those a packet further on.</summary>
    private MixLane[] Lanes(int rows)
    {
        var c = configuration;
        var lanes = Instances(c.HeadLanes, _ => new MixLane(c), "lane");
        var first = First.Delayed(rows - 1);
        var valid = c.SharesMultipliers ? Valid.Delayed(rows - 1) : Valid;
        for (var i = 0; i < lanes.Length; i++)
        {
            var next = i + c.PacketLanes;
            lanes[i].Valid.Drive(valid);
            Multiply(lanes[i], i);
            lanes[i].First.Drive(first);
            lanes[i].Next.Drive(next < lanes.Length ? lanes[next].Sent : Const(lanes[i].Next.Type, 0));
        }

        return lanes;
    }

    /// <summary>A dimension's values with the probabilities, or its sum from another unit.</summary>
    private void Multiply(MixLane lane, int dimension)
    {
        if (Dots is { } dots)
        {
            lane.Dot!.Drive(dots.Lane(dimension));
            return;
        }

        var c = configuration;
        lane.Values!.Drive(Values!.LaneMap(Enumerable.Range(0, c.PositionsPerRow).Select(position => (position * c.HeadLanes) + dimension)));
        lane.Probabilities!.Drive(Probabilities!.ToSigned());
    }
}
