namespace LoopLynx.Accelerator;

/// <summary>
/// Keeps a channel's orders to a rate in the long run: a bucket of beats that fills at the rate, up to <see cref="MostBeats"/>, and from which each order
/// takes its beats. It may be overdrawn by the orders that leave until it is seen, so the rate is exact and no order waits for a full bucket.
/// </summary>
/// <remarks>
/// For cards whose memory takes more power at full speed than its rail gives, and which reset then instead of slowing down: the host writes the rate before
/// the first token. Every input is a register first, and so is the output.
/// </remarks>
public sealed class ReadPacer : Module
{
    /// <summary>Bits behind the point of a rate in beats a cycle.</summary>
    public const int FractionBits = 16;

    /// <summary>Beats that the bucket saves up while nothing is ordered.</summary>
    public const int MostBeats = 64;

    // A sign, and room for two full bursts more than are saved up or owed.
    private const int WholeBits = 8;

    /// <summary>An equal part for each channel of what a card may move, as a <see cref="Rate"/>; at most the highest one.</summary>
    /// <param name="cardGBps">GB/s of the card.</param>
    /// <param name="channels">Channels that share it.</param>
    /// <param name="beatBytes">Bytes of a beat.</param>
    /// <param name="mhz">The kernel's clock, in MHz.</param>
    public static int RateOf(double cardGBps, int channels, int beatBytes, double mhz) =>
        Math.Min((1 << FractionBits) - 1, (int)(cardGBps * 1000 / (channels * beatBytes * mhz) * (1 << FractionBits)));

    /// <summary>Beats a cycle, with <see cref="FractionBits"/> bits behind the point; 0: no limit.</summary>
    public readonly Signal Rate = Input(UInt(FractionBits));

    /// <summary>An order leaves.</summary>
    public readonly Signal Ordered = Input(Bit);

    /// <summary>Its beats, where one does.</summary>
    public readonly Signal Beats = Input(UInt(5));

    /// <summary>An order may leave.</summary>
    public readonly Signal Open = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "the rate of a channel's orders";

    /// <inheritdoc/>
    protected override void Build()
    {
        var bits = WholeBits + FractionBits;
        Register(out var budget, SInt(bits), reset: 0);
        var rate = Rate.RegisteredReset(0, name: "rate");
        var limited = (rate != 0).RegisteredReset(0, name: "limited");
        var full = (budget >= (long)MostBeats << FractionBits).RegisteredReset(0, name: "full");
        var ordered = (Ordered & limited).RegisteredReset(0, name: "ordered");
        var beats = Beats.Registered(name: "beats");
        var earned = Mux(full, Const(UInt(FractionBits), 0), rate);
        var spent = Mux(ordered, beats, Const(UInt(5), 0)) << FractionBits;
        var change = (earned - spent).Extend(bits).RegisteredReset(0, name: "change");
        budget.Drive((budget + change).Truncate(bits));
        Open.Drive((!limited | budget >= 0).RegisteredReset(1, name: "open"));
    }
}
