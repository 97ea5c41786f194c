namespace LoopLynx.Accelerator;

/// <summary>A head's constants, seen from where they are used: they are there <see cref="HeadConstants.ReadLatency"/> cycles after the head is named.</summary>
/// <param name="c">The node.</param>
public sealed class HeadScalePort(NodeConfiguration c) : PortBundle
{
    /// <summary>Head wanted, within the node.</summary>
    public readonly Signal Head = Output(UInt(Sizes.AddressBits(c.NodeHeads)));

    /// <summary>Multiplier of score distances to Q10 exponents.</summary>
    public readonly Signal ScoreMultiplier = Input(UInt(Formats.MultiplierBits));

    /// <summary>Shift of score distances.</summary>
    public readonly Signal ScoreShift = Input(UInt(Formats.ShiftBits));

    /// <summary>Multiplier of the mixed values to the context's scale.</summary>
    public readonly Signal ContextMultiplier = Input(UInt(Formats.MultiplierBits));

    /// <summary>Shift of the mixed values.</summary>
    public readonly Signal ContextShift = Input(UInt(Formats.ShiftBits));
}
