namespace LoopLynx.Accelerator;

/// <summary>
/// The heads' constants of a layer: scale of the scores (Ms, ss) and of the context (Mc, sc), 8 bytes a head.
/// </summary>
/// <remarks>Read latency 0.</remarks>
public sealed class HeadConstants(NodeConfiguration configuration) : Module
{
    /// <summary>Super-beats of constants.</summary>
    public readonly StreamIn<Signal> Constants = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's constants follow.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>Head wanted.</summary>
    public readonly Signal Head = Input(UInt(Sizes.AddressBits(configuration.NodeHeads)));

    /// <summary>Multiplier of score distances to Q10 exponents.</summary>
    public readonly Signal ScoreMultiplier = Output(UInt(Formats.MultiplierBits));

    /// <summary>Shift of score distances.</summary>
    public readonly Signal ScoreShift = Output(UInt(Formats.ShiftBits));

    /// <summary>Multiplier of the mixed values to the context's int8 scale.</summary>
    public readonly Signal ContextMultiplier = Output(UInt(Formats.MultiplierBits));

    /// <summary>Shift of the mixed values.</summary>
    public readonly Signal ContextShift = Output(UInt(Formats.ShiftBits));

    /// <inheritdoc/>
    public override string Summary => "scales of the attention heads";

    /// <inheritdoc/>
    protected override void Build()
    {
        var perBeat = configuration.SuperBytes / Attend.HeadConstantBytes;
        var bits = Sizes.CeilLog2(perBeat);
        Memory(out var heads, UInt(64).Lanes(perBeat), (int)configuration.Map[Attend.HeadConstants].Beats, MemoryStyle.Distributed);
        Register(out var loadRow, UInt(heads.AddressBits), reset: 0);
        Constants.Ready.Drive(1);
        heads.Write(loadRow, Constants.Data.AsLanes(heads.RowType), Constants.Valid);
        When(Restart, () => loadRow.Drive(0)).ElseWhen(Constants.Valid, () => loadRow.Drive(loadRow.WrapAdd(1)));

        // A head number narrower than the select has all its heads in the first row.
        var row = heads.Read(Head.Width > bits ? Head >> bits : Const(UInt(1), 0));
        var select = Head.Width >= bits ? Head.Slice(0, Math.Max(1, bits)) : Head;
        Let(out var entry, perBeat == 1 ? row : row.SelectLanes(select, 1));
        ScoreMultiplier.Drive(entry.Slice(0, Formats.MultiplierBits));
        ScoreShift.Drive(entry.Slice(Formats.MultiplierBits, Formats.ShiftBits));
        ContextMultiplier.Drive(entry.Slice(Formats.ConstantBits, Formats.MultiplierBits));
        ContextShift.Drive(entry.Slice(Formats.ConstantBits + Formats.MultiplierBits, Formats.ShiftBits));
    }
}
