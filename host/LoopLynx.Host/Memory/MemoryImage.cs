using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LoopLynx.Host;

/// <summary>
/// Writes a quantised model as the bytes of a node's memory channels, section by section as the layer program reads them. Specified in
/// docs/formats.md.
/// </summary>
public static class MemoryImage
{
    /// <summary>The channels of one node, <c>[C][ChannelBytes]</c>; the KV cache is zero.</summary>
    /// <param name="model">The model.</param>
    /// <param name="map">The memory map, made for the model.</param>
    /// <param name="node">Which node, 0 .. nodes-1.</param>
    /// <param name="cancel">Ends the making between layers.</param>
    public static byte[][] Build(QuantizedModel model, MemoryMap map, int node = 0, CancellationToken cancel = default)
    {
        byte[][] channels = [.. Enumerable.Range(0, map.Machine.Channels).Select(_ => new byte[map.ChannelBytes])];
        Write(new ArrayMemory(channels), model, map, node, cancel);
        return channels;
    }

    /// <summary>Writes constants and weights of one node into channels that are zero.</summary>
    /// <param name="memory">The node's channels.</param>
    /// <param name="model">The model.</param>
    /// <param name="map">The memory map, made for the model.</param>
    /// <param name="node">Which node, 0 .. nodes-1.</param>
    /// <param name="cancel">Ends the writing between layers.</param>
    public static void Write(IMemoryContents memory, QuantizedModel model, MemoryMap map, int node = 0, CancellationToken cancel = default)
    {
        if (!SameBlocks(model.Description, map.Program.Model) || model.Plan != map.Program.Plan)
            throw new ArgumentException("The memory map was made for another model.", nameof(map));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, map.Machine.Nodes);
        var sections = new ImageSections(map);
        for (int layer = 0; layer < model.Description.Layers; layer++)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (Section section in sections.Streamed)
                if (section.Receiver == Receivers.Product)
                    WriteMatrix(memory, map, layer, map.ProductOf(section.Name), model.Layers[layer].Matrix(section.Name), node);
                else
                    WriteConstants(memory, sections, layer, section, model.Layers[layer], node);
        }
    }

    /// <summary>The vocabulary lies outside the image.</summary>
    private static bool SameBlocks(ModelDescription a, ModelDescription b) =>
        a.Block.SequenceEqual(b.Block) && (a.Layers, a.Embed, a.Context, a.HeadRows) == (b.Layers, b.Embed, b.Context, b.HeadRows);

    private static void WriteConstants(IMemoryContents memory, ImageSections sections, int layer, Section section, QuantizedLayer weights, int node)
    {
        byte[] bytes = section.Receiver == Receivers.Scalars
            ? Scalars([.. sections.Norms.Select(step => weights.Norm(step.Name))])
            : weights.Parameters[sections.Owner(section.Name).Name].Bytes(section, node, sections.Map.Machine.Nodes);
        if (bytes.Length != section.Bytes)
            throw new ArgumentException($"{section.Name} has {bytes.Length} bytes where the program reads {section.Bytes}.", nameof(weights));
        sections.Beats(memory, layer, section.Name).Write(bytes);
    }

    private static void WriteMatrix(IMemoryContents memory, MemoryMap map, int layer, ProductLayout layout, QuantizedMatrix matrix, int node)
    {
        var places = new RowPlaces(map, layout, layer);
        Span<byte> constants = stackalloc byte[sizeof(int) + sizeof(uint)];
        for (int r = 0; r < layout.Rows; r++)
        {
            int row = node * layout.Rows + r;
            BinaryPrimitives.WriteInt32LittleEndian(constants, matrix.Bias[row]);
            BinaryPrimitives.WriteUInt32LittleEndian(constants[sizeof(int)..], matrix.Scale[row].Packed);
            memory.Write(places.Channel(r), places.Constants(r), constants);
            memory.Write(places.Channel(r), places.Weights(r), MemoryMarshal.AsBytes(matrix.Row(row)));
        }
    }

    private static byte[] Scalars(QuantizedNorm[] norms)
    {
        if (norms.Select(norm => norm.Epsilon).Distinct().Count() > 1)
            throw new ArgumentException("All norms of a block share one epsilon.", nameof(norms));
        var bytes = new byte[LayerConstants.ScalarBytes(norms.Length)];
        for (int slot = 0; slot < norms.Length; slot++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(slot * LayerConstants.FractionBytes), norms[slot].GammaBits);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(LayerConstants.EpsilonOffset(norms.Length)), norms.Length == 0 ? 0 : norms[0].Epsilon);
        return bytes;
    }
}
