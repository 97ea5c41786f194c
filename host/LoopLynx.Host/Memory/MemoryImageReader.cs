using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LoopLynx.Host;

/// <summary>The inverse of <see cref="MemoryImage"/>: rebuilds a node's constants and rows from the bytes of its channels.</summary>
public sealed class MemoryImageReader
{
    private readonly byte[][] channels;
    private readonly MemoryLayout layout;

    /// <summary>Reads from <paramref name="channels"/>, <c>[C][ChannelBytes]</c>.</summary>
    public MemoryImageReader(byte[][] channels, MemoryLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(channels.Length, layout.Channels);
        (this.channels, this.layout) = (channels, layout);
    }

    /// <summary>The first layer norm of a block.</summary>
    public QuantizedNorm Norm1(int layer) => Norm(layer, layout.Norm1, 0);

    /// <summary>The second layer norm of a block.</summary>
    public QuantizedNorm Norm2(int layer) => Norm(layer, layout.Norm2, 4);

    /// <summary>The GELU table of a block.</summary>
    public GeluTable Gelu(int layer)
    {
        (short[] bases, short[] slopes) = Pairs(layer, layout.Gelu, GeluTable.Segments);
        return new GeluTable(bases, slopes);
    }

    /// <summary>The node's heads of a block.</summary>
    public HeadConstants[] Heads(int layer)
    {
        byte[] bytes = Bytes(layer, layout.HeadConstants, 8 * layout.Heads);
        return [.. Enumerable.Range(0, layout.Heads).Select(h => new HeadConstants(
            Multiplier.FromPacked(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8 * h))),
            Multiplier.FromPacked(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8 * h + 4)))))];
    }

    /// <summary>The node's rows of a matrix of a block; the section is one of the layout's.</summary>
    public QuantizedMatrix Matrix(int layer, MatrixSection section)
    {
        var weights = new sbyte[section.Rows * section.Columns];
        var bias = new int[section.Rows];
        var scale = new Multiplier[section.Rows];
        long start = layout.LayerAddress(layer);
        for (int r = 0; r < section.Rows; r++)
        {
            byte[] channel = channels[r % layout.Channels];
            int local = r / layout.Channels;
            ReadOnlySpan<byte> constants = channel.AsSpan((int)(start + section.ConstantBeat(local) * layout.Lanes) + local % section.GroupRows * 8, 8);
            bias[r] = BinaryPrimitives.ReadInt32LittleEndian(constants);
            scale[r] = Multiplier.FromPacked(BinaryPrimitives.ReadUInt32LittleEndian(constants[4..]));
            channel.AsSpan((int)(start + section.WeightBeat(local) * layout.Lanes), section.Columns)
                .CopyTo(MemoryMarshal.AsBytes(weights.AsSpan(r * section.Columns, section.Columns)));
        }
        return new QuantizedMatrix(section.Rows, section.Columns, weights, bias, scale);
    }

    private QuantizedNorm Norm(int layer, MemorySection section, int bitsOffset)
    {
        byte[] scalars = Bytes(layer, layout.Scalars, 16);
        (short[] gamma, short[] beta) = Pairs(layer, section, layout.Shape.Embed);
        return new QuantizedNorm(gamma, beta, BinaryPrimitives.ReadInt32LittleEndian(scalars.AsSpan(bitsOffset)), BinaryPrimitives.ReadUInt64LittleEndian(scalars.AsSpan(8)));
    }

    private (short[] First, short[] Second) Pairs(int layer, MemorySection section, int count)
    {
        byte[] bytes = Bytes(layer, section, 4 * count);
        var (first, second) = (new short[count], new short[count]);
        for (int i = 0; i < count; i++)
        {
            first[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(4 * i));
            second[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(4 * i + 2));
        }
        return (first, second);
    }

    private byte[] Bytes(int layer, MemorySection section, int count)
    {
        var bytes = new byte[count];
        new SuperBeats(channels, layout.Lanes, layout.LayerAddress(layer) + section.Offset * layout.Lanes).Read(bytes);
        return bytes;
    }
}
