using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LoopLynx.Host;

/// <summary>Writes a quantised model as the bytes of a node's memory channels. Specified in docs/formats.md.</summary>
public static class MemoryImage
{
    /// <summary>The channels of one node, <c>[C][ChannelBytes]</c>; the KV cache is zero.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">The layout, made for the model's shape.</param>
    /// <param name="node">Which node, 0 .. nodes-1.</param>
    /// <param name="cancel">Ends the making between layers.</param>
    public static byte[][] Build(QuantizedModel model, MemoryLayout layout, int node = 0, CancellationToken cancel = default)
    {
        if (model.Shape != layout.Shape)
            throw new ArgumentException("The layout was made for another shape.", nameof(layout));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, layout.Nodes);
        byte[][] channels = [.. Enumerable.Range(0, layout.Channels).Select(_ => new byte[layout.ChannelBytes])];
        for (int layer = 0; layer < model.Shape.Layers; layer++)
        {
            cancel.ThrowIfCancellationRequested();
            QuantizedLayer weights = model.Layers[layer];
            void Put(MemorySection section, byte[] bytes) =>
                new SuperBeats(channels, layout.Lanes, layout.LayerAddress(layer) + section.Offset * layout.Lanes).Write(bytes);

            Put(layout.Norm1, Pairs(weights.Norm1.Gamma, weights.Norm1.Beta));
            Put(layout.Norm2, Pairs(weights.Norm2.Gamma, weights.Norm2.Beta));
            Put(layout.Gelu, Pairs(weights.Gelu.Bases, weights.Gelu.Slopes));
            Put(layout.HeadConstants, Heads(weights.Heads.AsSpan(node * layout.Heads, layout.Heads)));
            Put(layout.Scalars, Scalars(weights));
            foreach ((MatrixSection section, QuantizedMatrix matrix) in Matrices(layout, weights))
                PutMatrix(channels, layout, layer, section, matrix, node * section.Rows);
        }
        return channels;
    }

    /// <summary>A layer's matrices with their places, in the order of the stream.</summary>
    private static IEnumerable<(MatrixSection, QuantizedMatrix)> Matrices(MemoryLayout layout, QuantizedLayer weights) =>
    [
        (layout.Qkv, weights.Qkv), (layout.Output, weights.Output), (layout.FeedForward1, weights.FeedForward1), (layout.FeedForward2, weights.FeedForward2),
    ];

    private static void PutMatrix(byte[][] channels, MemoryLayout layout, int layer, MatrixSection section, QuantizedMatrix matrix, int firstRow)
    {
        for (int r = 0; r < section.Rows; r++)
        {
            byte[] channel = channels[r % layout.Channels];
            int local = r / layout.Channels, row = firstRow + r;
            long start = layout.LayerAddress(layer);
            Span<byte> constants = channel.AsSpan((int)(start + section.ConstantBeat(local) * layout.Lanes) + local % section.GroupRows * 8, 8);
            BinaryPrimitives.WriteInt32LittleEndian(constants, matrix.Bias[row]);
            BinaryPrimitives.WriteUInt32LittleEndian(constants[4..], matrix.Scale[row].Packed);
            MemoryMarshal.AsBytes(matrix.Row(row)).CopyTo(channel.AsSpan((int)(start + section.WeightBeat(local) * layout.Lanes)));
        }
    }

    private static byte[] Pairs(short[] first, short[] second)
    {
        var bytes = new byte[4 * first.Length];
        for (int i = 0; i < first.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(4 * i), first[i]);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(4 * i + 2), second[i]);
        }
        return bytes;
    }

    private static byte[] Heads(ReadOnlySpan<HeadConstants> heads)
    {
        var bytes = new byte[8 * heads.Length];
        for (int h = 0; h < heads.Length; h++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8 * h), heads[h].Score.Packed);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8 * h + 4), heads[h].Context.Packed);
        }
        return bytes;
    }

    private static byte[] Scalars(QuantizedLayer weights)
    {
        if (weights.Norm1.Epsilon != weights.Norm2.Epsilon)
            throw new ArgumentException("Both norms of a block share one epsilon.", nameof(weights));
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, weights.Norm1.GammaBits);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), weights.Norm2.GammaBits);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), weights.Norm1.Epsilon);
        return bytes;
    }
}
