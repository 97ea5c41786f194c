namespace LoopLynx.Accelerator;

/// <summary>
/// Gamma and beta of a layer's two norms, and the scalars: fraction of gamma, epsilon.
/// </summary>
/// <remarks>Read latency 2 cycles. Formats: gamma int16, beta int16 in Q6; G 4 bits; epsilon 64 bits in units of E^2 * residual^2.</remarks>
public sealed class NormParameters(NodeConfiguration configuration) : Module
{
    /// <summary>Super-beats of (gamma, beta), first norm then second.</summary>
    public readonly StreamIn<Signal> Norm = In(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>Super-beats of the scalars: G of both norms (u32 each), epsilon (u64).</summary>
    public readonly StreamIn<Signal> Scalars = In(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's parameters follow.</summary>
    public readonly Signal Restart = Input(Bit);

    /// <summary>0: the norm before attention; 1: the norm before the feed-forward layers.</summary>
    public readonly Signal Second = Input(Bit);

    /// <summary>Row of a packet's elements wanted.</summary>
    public readonly Signal Address = Input(UInt(Sizes.AddressBits(ResidualStore.RowCount(configuration))));

    /// <summary>Gamma of the row asked for two cycles before.</summary>
    public readonly Signal Gamma = Output(SInt(16).Lanes(configuration.PacketLanes));

    /// <summary>Beta of the row asked for two cycles before.</summary>
    public readonly Signal Beta = Output(SInt(16).Lanes(configuration.PacketLanes));

    /// <summary>Fraction bits of gamma in the chosen norm.</summary>
    public readonly Signal Fraction = Output(UInt(4));

    /// <summary>Epsilon.</summary>
    public readonly Signal Epsilon = Output(UInt(64));

    /// <inheritdoc/>
    public override string Summary => "gamma, beta and scalars of the layer norms";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var elements = c.SuperBytes / 4;
        var perBeat = elements / c.PacketLanes;
        var groupBits = Sizes.CeilLog2(perBeat);
        Memory(out var parameters, UInt(32).Lanes(elements), 2 * c.NormBeats, MemoryStyle.Block);
        Register(out var loadRow, UInt(parameters.AddressBits), reset: 0);
        Norm.Ready.Drive(1);
        parameters.Write(loadRow, Norm.Data.AsLanes(UInt(32).Lanes(elements)), Norm.Valid);
        When(Restart, () => loadRow.Drive(0)).ElseWhen(Norm.Valid, () => loadRow.Drive(loadRow.WrapAdd(1)));

        var start = Mux(Second, Const(UInt(parameters.AddressBits), c.NormBeats), Const(UInt(parameters.AddressBits), 0));
        var beat = parameters.ReadSync((start + (Address >> groupBits)).Truncate(parameters.AddressBits), name: "beat");
        var chosen = groupBits == 0 ? beat : beat.SelectLanes(Address.Slice(0, Math.Min(groupBits, Address.Width)).Registered(), c.PacketLanes);
        Let(out var pair, chosen.Registered());
        Gamma.Drive(pair.Slice(0, 16).AsSigned());
        Beta.Drive(pair.Slice(16, 16).AsSigned());

        var scalars = Scalars.Widen(Math.Max(1, 16 / c.SuperBytes), "scalars");
        scalars.Ready.Drive(1);
        var bytes = scalars.Data.LaneSlice(0, 16).Registered(scalars.Valid, "scalarBytes");
        var words = bytes.AsLanes(UInt(32).Lanes(4));
        Fraction.Drive(Mux(Second, words.Lane(1), words.Lane(0)).Slice(0, 4));
        Epsilon.Drive(bytes.AsLanes(UInt(64).Lanes(2)).Lane(1));
    }
}
