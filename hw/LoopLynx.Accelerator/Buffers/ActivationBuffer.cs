namespace LoopLynx.Accelerator;

/// <summary>Some consecutive int8 values and where they go: element index / number of values.</summary>
public sealed record ActivationWrite(Signal Index, Signal Values)
{
    /// <summary>Types of the fields.</summary>
    public static ActivationWrite Shape(NodeConfiguration c) => new(Index: UInt(Sizes.AddressBits(Math.Max(c.Embed, c.FeedForward) / c.PacketLanes)), Values: Formats.Int8.Lanes(c.PacketLanes));
}

/// <summary>
/// The shared buffer between kernels: int8 activations, written a packet at a time, read one row of <c>SliceLanes</c> values a cycle.
/// </summary>
/// <remarks>Writes always succeed, so the streams into it are always ready. Read latency 1 cycle. Source: LoopLynx III-A, "shared buffer".</remarks>
public sealed class ActivationBuffer(NodeConfiguration configuration) : Module
{
    /// <summary>Normalised activations and context: index in the E-wide vector.</summary>
    public readonly StreamIn<ActivationWrite> Vector = In(ActivationWrite.Shape(configuration));

    /// <summary>GELU outputs: index in the hidden vector.</summary>
    public readonly StreamIn<ActivationWrite> Hidden = In(ActivationWrite.Shape(configuration));

    /// <summary>Row wanted in the next cycle.</summary>
    public readonly Signal Address = Input(UInt(Sizes.AddressBits(ActivationLayout.Rows(configuration))));

    /// <summary>The row asked for in the cycle before.</summary>
    public readonly Signal Row = Output(Formats.Int8.Lanes(configuration.SliceLanes));

    /// <inheritdoc/>
    public override string Summary => "int8 activations shared by the kernels";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var perRow = c.SliceLanes / c.PacketLanes;
        Memory(out var rows, Formats.Int8.Lanes(c.SliceLanes), ActivationLayout.Rows(c), MemoryStyle.Block);
        Hidden.Ready.Drive(!Vector.Valid);
        Vector.Ready.Drive(1);
        var index = Mux(Vector.Valid, Vector.Data.Index, Hidden.Data.Index);
        var values = Mux(Vector.Valid, Vector.Data.Values, Hidden.Data.Values);
        var row = index >> Sizes.CeilLog2(perRow);
        var start = Mux(Vector.Valid, Const(UInt(rows.AddressBits), ActivationLayout.Vector), Const(UInt(rows.AddressBits), ActivationLayout.Hidden(c)));
        rows.Write((start + row).Truncate(rows.AddressBits), values.Tile(perRow), Vector.Valid | Hidden.Valid, LaneMask(index, perRow, c.PacketLanes));
        Row.Drive(rows.ReadSync(Address));
    }

    /// <summary>One bit a lane: the lanes of run <paramref name="index"/> mod <paramref name="runs"/> of <paramref name="length"/> lanes.</summary>
    internal static Signal LaneMask(Signal index, int runs, int length)
    {
        if (runs == 1)
        {
            return Const(Bit.Lanes(length), 1);
        }

        var bits = Sizes.AddressBits(runs);
        var numbers = Enumerable.Range(0, runs * length).Select(lane => new System.Numerics.BigInteger(lane / length)).ToArray();
        return Const(UInt(bits).Lanes(runs * length), numbers) == index.Slice(0, Math.Min(bits, index.Width));
    }
}
