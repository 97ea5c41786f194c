namespace LoopLynx.Accelerator;

/// <summary>
/// One dimension of the token mixing: the values of a row's positions times their probabilities, summed up over the rows, kept while the next head is mixed,
/// and moved on to the lane that sends its packet.
/// </summary>
/// <remarks>
/// Controls are registered here, so that each net of the unit has one load a lane: they act a cycle after they are 1. They have no reset: what a lane sums up,
/// keeps and sends behind a reset isn't looked at before the next head.
/// </remarks>
/// <param name="configuration">The node.</param>
public sealed class MixLane(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a control to the first in which its effect is seen: the lane's copy of it, and the register that it controls.</summary>
    public const int ControlLatency = 2;

    /// <summary>A row of values is present; where another unit multiplies, its sum is complete in the next cycle.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>The dimension's value at each position; null where another unit multiplies.</summary>
    public readonly Signal? Values = configuration.SharesMultipliers ? null : Input(configuration.Types.Value.Lanes(configuration.PositionsPerRow));

    /// <summary>The positions' probabilities; null like <see cref="Values"/>.</summary>
    public readonly Signal? Probabilities = configuration.SharesMultipliers ? null : Input(Weight(configuration).Lanes(configuration.PositionsPerRow));

    /// <summary>The row's sum from <see cref="AttentionArray"/>; else null.</summary>
    public readonly Signal? Dot = configuration.SharesMultipliers ? Input(AttentionArray.MixType(configuration)) : null;

    /// <summary>The row whose sum is complete in the next cycle is a head's first.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>The head's sum is complete in the next cycle: keep it.</summary>
    public readonly Signal Hold = Input(Bit);

    /// <summary>Take the kept sum to be sent.</summary>
    public readonly Signal Load = Input(Bit);

    /// <summary>Take the sum of the lane a packet further on.</summary>
    public readonly Signal Shift = Input(Bit);

    /// <summary>The sum of the lane a packet further on.</summary>
    public readonly Signal Next = Input(Sum(configuration));

    /// <summary>The sum to be sent.</summary>
    public readonly Signal Sent = Output(Sum(configuration));

    /// <inheritdoc/>
    public override string Summary => "one dimension of the token mixing";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <summary>Cycles from a head's last row to its sum, and to the first cycle in which it may be kept: the dot product, the sum over rows.</summary>
    public static int Latency(NodeConfiguration c) => DotProduct.Latency(c.PositionsPerRow) + PartialSums.Latency;

    private static HdlType Weight(NodeConfiguration c) => SInt(c.Types.Probability.Width + 1);

    private static HdlType Sum(NodeConfiguration c) => SInt(c.Plan.MixBits(c.Context));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var (valid, dot) = Dot is null ? Products() : (Valid.Registered(name: "valid"), Dot);

        // The sum over all positions is bounded like each of its parts. All positions of a row are summed before, so a sum is one for the head.
        var total = new PartialSums(Sum(c)).Add(valid, First.Registered(name: "first"), dot, "total");
        var kept = total.Registered(Hold.Registered(name: "hold"), "kept");
        Register(out var sent, total.Type);
        var load = Load.Registered(name: "load");
        var shift = Shift.Registered(name: "shift");
        When(load, () => sent.Drive(kept)).ElseWhen(shift, () => sent.Drive(Next));
        Sent.Drive(sent);
    }

    /// <summary>The row's sum, of the lane's own multipliers.</summary>
    private (Signal Valid, Signal Sum) Products()
    {
        var c = configuration;
        Instance(out var dot, new DotProduct(c.PositionsPerRow, c.Types.Value, Weight(c), resets: false));
        dot.Valid.Drive(Valid);
        dot.A.Drive(Values!);
        dot.B.Drive(Probabilities!);
        return (dot.Done, dot.Sum);
    }
}
