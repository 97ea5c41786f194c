namespace LoopLynx.Accelerator;

/// <summary>
/// The results of softmax, seen from where they are computed: a head's are taken once, and its rows of probabilities are read meanwhile and after.
/// </summary>
/// <param name="c">The node.</param>
public sealed class ProbabilityPort(NodeConfiguration c) : PortBundle
{
    /// <summary>The next head's probabilities are complete; <see cref="Scale"/> is that head's.</summary>
    public readonly Signal Ready = Output(Bit);

    /// <summary>The results are taken; the probabilities of the head before aren't needed any more.</summary>
    public readonly Signal Take = Input(Bit);

    /// <summary>Reciprocal of the sum, and the head's context scale.</summary>
    public readonly SignalGroup<ContextScale> Scale = Outputs(ContextScale.Shape(c));

    /// <summary>Buffer of the head whose probabilities are wanted: its number, modulo <see cref="SoftmaxUnit.Buffers"/>.</summary>
    public readonly Signal Buffer = Input(UInt(Sizes.AddressBits(SoftmaxUnit.Buffers)));

    /// <summary>Row of probabilities wanted; it comes <see cref="SoftmaxUnit.ReadLatency"/> cycles later.</summary>
    public readonly Signal Row = Input(UInt(HeadSequencer.RowBits(c)));

    /// <summary>The row asked for; 0 where a position doesn't count.</summary>
    public readonly Signal Values = Output(c.Types.Probability.Lanes(c.PositionsPerRow));
}
