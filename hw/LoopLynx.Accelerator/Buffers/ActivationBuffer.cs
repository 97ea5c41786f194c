namespace LoopLynx.Accelerator;

/// <summary>Some consecutive activations and where they go: element index / number of values.</summary>
public sealed record ActivationWrite(Signal Index, Signal Values)
{
    /// <summary>Types of the fields.</summary>
    public static ActivationWrite Shape(NodeConfiguration c) => new(
        Index: UInt(Sizes.AddressBits(c.Program.ActivationBuffers.Max(b => b.Length) / c.PacketLanes)),
        Values: c.Types.Activation.Lanes(c.PacketLanes));
}

/// <summary>
/// The shared buffer between kernels: the program's activation vectors, written a packet at a time, read one row of <c>SliceLanes</c> values a cycle.
/// </summary>
/// <remarks>Writes always succeed: the streams into it are always ready. Read latency <see cref="Latency"/>. Source: LoopLynx III-A, "shared buffer".</remarks>
public sealed class ActivationBuffer(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from an address to its row: the read, and the memory's output register.</summary>
    public const int Latency = ReadSyncLatency + 1;

    /// <summary>Cycles from a packet that is taken to the first in which its row can be asked for: the choice, the row's number, the write.</summary>
    public const int WriteLatency = 3;

    /// <summary>First row of the vector that the present step fills; stable while it is filled.</summary>
    public readonly Signal FirstRow = Input(UInt(Sizes.AddressBits(Rows(configuration))));

    /// <summary>Norm outputs, contexts, and results of products.</summary>
    public readonly StreamIn<ActivationWrite> Vector = In(ActivationWrite.Shape(configuration));

    /// <summary>Outputs of the activation function.</summary>
    public readonly StreamIn<ActivationWrite> Hidden = In(ActivationWrite.Shape(configuration));

    /// <summary>Rows of any vector.</summary>
    public readonly RowPort Reader = Port(configuration).Flip();

    /// <inheritdoc/>
    public override string Summary => "activations shared by the kernels";

    /// <summary>Rows of all vectors.</summary>
    public static int Rows(NodeConfiguration c) => c.Program.ActivationBuffers.Sum(b => b.Rows);

    /// <summary>The port of the reader.</summary>
    public static RowPort Port(NodeConfiguration c) => new(UInt(Sizes.AddressBits(Rows(c))), c.Types.Activation.Lanes(c.SliceLanes));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var perRow = c.SliceLanes / c.PacketLanes;
        Memory(out var rows, c.Types.Activation.Lanes(c.SliceLanes), Rows(c), MemoryStyle.Block);
        Vector.Ready.Drive(1);
        var hidden = Hidden.Isolate();
        hidden.Ready.Drive(!Vector.Valid);
        Let(out var valid, (Vector.Valid | hidden.Valid).RegisteredReset(0));
        Let(out var index, Mux(Vector.Valid, Vector.Data.Index, hidden.Data.Index).Registered());
        Let(out var values, Mux(Vector.Valid, Vector.Data.Values, hidden.Data.Values).Registered());
        Let(out var row, (FirstRow.Registered(name: "firstRow") + (index >> Sizes.CeilLog2(perRow))).Truncate(rows.AddressBits).Registered());
        var lanes = LaneMask(index, perRow, c.PacketLanes).Registered(name: "lanes");
        rows.Write(row, values.Registered(name: "written").Tile(perRow), valid.RegisteredReset(0, null, "writes"), lanes);
        Reader.Row.Drive(rows.ReadSync(Reader.Address).Registered(name: "readRow"));
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
