namespace LoopLynx.Accelerator;

/// <summary>
/// The heads' constants of a layer: scale of the scores (Ms, ss) and of the context (Mc, sc), 8 bytes a head.
/// </summary>
/// <remarks>Read latency <see cref="ReadLatency"/>.</remarks>
public sealed class HeadConstants(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a head to its constants: its number, and they.</summary>
    public const int ReadLatency = 2;

    /// <summary>Super-beats of constants.</summary>
    public readonly StreamIn<Signal> Constants = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's constants follow.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>The wanted head's constants.</summary>
    public readonly HeadScalePort Scales = new HeadScalePort(configuration).Flip();

    /// <inheritdoc/>
    public override string Summary => "scales of the attention heads";

    /// <inheritdoc/>
    protected override void Build()
    {
        var perBeat = configuration.SuperBytes / Attend.HeadConstantBytes;
        var bits = Sizes.CeilLog2(perBeat);
        Memory(out var heads, UInt(64).Lanes(perBeat), (int)configuration.Map[Attend.HeadConstants].Beats, MemoryStyle.Distributed);
        Counter(out var loadRow, UInt(heads.AddressBits));
        Constants.Ready.Drive(1);
        var (valid, restart) = (Constants.Valid.RegisteredReset(0, null, "loaded"), Restart.RegisteredReset(0, null, "restarted"));
        heads.Write(loadRow.Value, Constants.Data.AsLanes(heads.RowType).Registered(name: "loadedRow"), valid);
        When(restart, () => loadRow.Clear()).ElseWhen(valid, () => loadRow.Step());

        var head = Scales.Head.Registered(name: "head");

        // A head number narrower than the select has all its heads in the first row.
        var row = heads.Read(head.Width > bits ? head >> bits : Const(UInt(1), 0));
        var select = head.Width >= bits ? head.Slice(0, Math.Max(1, bits)) : head;
        var entry = (perBeat == 1 ? row : row.SelectLanes(select, 1)).Registered(name: "entry");
        Scales.ScoreMultiplier.Drive(entry.Slice(0, Formats.MultiplierBits));
        Scales.ScoreShift.Drive(entry.Slice(Formats.MultiplierBits, Formats.ShiftBits));
        Scales.ContextMultiplier.Drive(entry.Slice(Formats.ConstantBits, Formats.MultiplierBits));
        Scales.ContextShift.Drive(entry.Slice(Formats.ConstantBits + Formats.MultiplierBits, Formats.ShiftBits));
    }
}
