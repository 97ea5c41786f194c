namespace LoopLynx.Accelerator;

/// <summary>What turns a mixed value into an int8 context: reciprocal of the probabilities' sum (mantissa Q16, exponent) and the head's scale.</summary>
public sealed record ContextScale(Signal Mantissa, Signal Exponent, Signal Multiplier, Signal Shift)
{
    /// <summary>Types of the fields.</summary>
    public static ContextScale Shape(NodeConfiguration c) => new(
        Mantissa: UInt(Formats.ReciprocalBits), Exponent: UInt(Sizes.AddressBits(c.Plan.ProbabilitySumBits(c.Context))),
        Multiplier: UInt(Formats.MultiplierBits), Shift: UInt(Formats.ShiftBits));
}

/// <summary>Mixed values of one head (or of one part of a wide head) with their scale.</summary>
public sealed record MixedHead(Signal Values, ContextScale Scale)
{
    /// <summary>Types of the fields.</summary>
    public static MixedHead Shape(NodeConfiguration c) => new(Values: SInt(c.Plan.MixBits(c.Context)).Lanes(c.HeadLanes), Scale: ContextScale.Shape(c));
}

/// <summary>
/// MAC array 2, token mixing: every value of a super-beat times the probability of its position, accumulated over the rows, then summed over the positions of a
/// row.
/// </summary>
/// <remarks>
/// Free-running; the results go into a FIFO of two, the kernel holds credits. Latency from the last beat: <see cref="Latency"/>.
/// Formats: probability u16, value int8, sum <see cref="NumericPlan.MixBits"/> bits, exact. Source: LoopLynx III-D, Fig. 6(b).
/// </remarks>
public sealed class MixUnit(NodeConfiguration configuration) : Module
{
    /// <summary>Results that the FIFO holds, and so the number of credits.</summary>
    public const int ResultDepth = 2;

    /// <summary>A beat of V is present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>First row: the accumulators restart.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>Last row: the sums are complete.</summary>
    public readonly Signal Last = Input(Bit);

    /// <summary>Values.</summary>
    public readonly Signal Values = Input(configuration.Types.Value.Lanes(configuration.KvBytes));

    /// <summary>Probabilities of the row's positions.</summary>
    public readonly Signal Probabilities = Input(configuration.Types.Probability.Lanes(configuration.PositionsPerRow));

    /// <summary>Scale of the head; stable from its first to a cycle after its last beat.</summary>
    public readonly SignalGroup<ContextScale> Scale = Inputs(ContextScale.Shape(configuration));

    /// <summary>Sums of one head or part.</summary>
    public readonly StreamOut<MixedHead> Mixed = Out(MixedHead.Shape(configuration));

    /// <inheritdoc/>
    public override string Summary => "probability-weighted sum of values";

    /// <summary>Cycles from the last beat to the result: the products, the accumulators, the tree, the FIFO.</summary>
    public static int Latency(NodeConfiguration c) => 2 + OverPositions(c).Latency + StreamFifos.Latency();

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var bits = c.Plan.MixBits(c.Context);
        var products = (Values * Probabilities.RepeatLanes(c.HeadLanes).ToSigned()).Registered(Valid);
        var valid1 = Valid.RegisteredReset(0);
        var first1 = First.Registered(Valid);
        var last1 = Last.Registered(Valid);
        var scale1 = Payloads.Each(Scale.Data, s => s.Registered(Valid));
        Register(out var sums, SInt(bits).Lanes(c.KvBytes));
        When(valid1, () => sums.Drive((Mux(first1, 0, sums) + products).Truncate(bits)));

        var done = (valid1 & last1).RegisteredReset(0, null, "summed");
        var scale = Payloads.Each(scale1, s => s.Registered(valid1 & last1));

        var mixed = OverPositions(c).Reduce(done, sums, scale, "mixed");
        Instance(out var results, new StreamFifo<MixedHead>(MixedHead.Shape(c), ResultDepth, MemoryStyle.Distributed));
        results.Push.Valid.Drive(mixed.Valid);
        foreach (var (port, value) in Payloads.Zip(results.Push.Data, new MixedHead(mixed.Value, mixed.Beside)))
        {
            port.Drive(value);
        }

        Assert(!mixed.Valid | results.Push.Ready, "every mixing that starts has room for its result");
        Mixed.Drive(results.Pop);
    }

    /// <summary>Lanes are [position][dimension]. The sum over all positions is bounded like each of its parts: it is one of MixBits.</summary>
    private static PipelinedTree OverPositions(NodeConfiguration c) =>
        PipelinedTree.Sum(c.PositionsPerRow) with { Interleaved = true, SumWidth = c.Plan.MixBits(c.Context) };
}
