using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LoopLynx.Host;

/// <summary>The inverse of <see cref="MemoryImage"/>: rebuilds a node's constants and rows from the bytes of its channels.</summary>
public sealed class MemoryImageReader
{
    private readonly IMemoryContents memory;
    private readonly MemoryMap map;
    private readonly ImageSections sections;

    /// <summary>Reads from the channels of a node.</summary>
    public MemoryImageReader(IMemoryContents memory, MemoryMap map)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(memory.Channels, map.Machine.Channels);
        (this.memory, this.map, sections) = (memory, map, new ImageSections(map));
    }

    /// <summary>
    /// A block as the node has it: whole norms and tables, the node's heads and rows. Constants of receivers that the product does not
    /// have are left out; <see cref="Bytes"/> gives them.
    /// </summary>
    public QuantizedLayer Layer(int layer)
    {
        var (parameters, matrices) = (new Dictionary<string, IStepParameters>(), new Dictionary<string, QuantizedMatrix>());
        foreach (Section section in sections.Streamed)
            if (section.Receiver == Receivers.Product)
                matrices.Add(section.Name, Matrix(layer, map.ProductOf(section.Name)));
            else if (Constants(layer, section) is { } constants)
                parameters.Add(sections.Owner(section.Name).Name, constants);
        return new QuantizedLayer(parameters, matrices);
    }

    /// <summary>The bytes of a section of constants of a block.</summary>
    public byte[] Bytes(int layer, Section section)
    {
        var bytes = new byte[section.Bytes];
        sections.Beats(memory, layer, section.Name).Read(bytes);
        return bytes;
    }

    private IStepParameters? Constants(int layer, Section section)
    {
        switch (section.Receiver)
        {
            case Receivers.Norm:
                return Norm(layer, section);
            case Receivers.Unary:
                (short[] bases, short[] slopes) = Int16Pairs.FromBytes(Bytes(layer, section));
                return new GeluTable(bases, slopes);
            case Receivers.Heads:
                return new AttentionParameters(AttentionParameters.FromBytes(Bytes(layer, section)), []);
            default:
                return null;
        }
    }

    private QuantizedNorm Norm(int layer, Section section)
    {
        byte[] scalars = Bytes(layer, sections.Streamed.Single(s => s.Receiver == Receivers.Scalars));
        (short[] gamma, short[] beta) = Int16Pairs.FromBytes(Bytes(layer, section));
        return new QuantizedNorm(gamma, beta,
            BinaryPrimitives.ReadInt32LittleEndian(scalars.AsSpan(section.Slot * LayerConstants.FractionBytes)),
            BinaryPrimitives.ReadUInt64LittleEndian(scalars.AsSpan(LayerConstants.EpsilonOffset(sections.Norms.Count))));
    }

    private QuantizedMatrix Matrix(int layer, ProductLayout layout)
    {
        var weights = new sbyte[layout.Rows * layout.Columns];
        var bias = new int[layout.Rows];
        var scale = new Multiplier[layout.Rows];
        var places = new RowPlaces(map, layout, layer);
        Span<byte> constants = stackalloc byte[sizeof(int) + sizeof(uint)];
        for (int r = 0; r < layout.Rows; r++)
        {
            memory.Read(places.Channel(r), places.Constants(r), constants);
            bias[r] = BinaryPrimitives.ReadInt32LittleEndian(constants);
            scale[r] = Multiplier.FromPacked(BinaryPrimitives.ReadUInt32LittleEndian(constants[sizeof(int)..]));
            memory.Read(places.Channel(r), places.Weights(r), MemoryMarshal.AsBytes(weights.AsSpan(r * layout.Columns, layout.Columns)));
        }
        return new QuantizedMatrix(layout.Rows, layout.Columns, weights, bias, scale);
    }
}
