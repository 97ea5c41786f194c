using System.Numerics;

namespace LoopLynx.Contract;

/// <summary>
/// Where everything lies in a node's memory channels: arithmetic only, no bytes. Specified in docs/formats.md. A row beat is L bytes of one channel;
/// a super-beat is the same row beat of all C channels, C * L bytes, channel 0 first. All nodes are alike.
/// </summary>
public sealed class MemoryMap
{
    private readonly Dictionary<string, StreamSection> _sections = [];
    private readonly Dictionary<string, ProductLayout> _products = [];

    /// <summary>Plans the memory of one node for a program.</summary>
    /// <exception cref="ConfigurationException">A channel can't hold it.</exception>
    public MemoryMap(LayerProgram program)
        : this(program, mustFit: true)
    {
    }

    private MemoryMap(LayerProgram program, bool mustFit)
    {
        Program = program;
        GroupRows = RowsThatDivide(program);
        LayerBeats = Place(program);
        WeightBeats = program.Model.Layers * LayerBeats;
        var weightBytes = WeightBeats * Machine.LayoutBeatBytes;
        Cache = new CacheLayout(program.Model, Machine, (weightBytes + MemorySizes.PageBytes - 1) / MemorySizes.PageBytes * MemorySizes.PageBytes);
        if (mustFit)
        {
            ShapeRules.CheckCapacity(Machine, ChannelBytes);
        }
    }

    /// <summary>The program whose memory this is.</summary>
    public LayerProgram Program { get; }

    /// <summary>The machine.</summary>
    public MachineShape Machine => Program.Machine;

    /// <summary>Rows of a channel that share one block of requantisation constants.</summary>
    public int GroupRows { get; }

    /// <summary>Row beats of a layer's constants and weights, per channel.</summary>
    public long LayerBeats { get; }

    /// <summary>Row beats of all layers' constants and weights, per channel; read once per pass, from address 0 upwards.</summary>
    public long WeightBeats { get; }

    /// <summary>The cache of keys and values.</summary>
    public CacheLayout Cache { get; }

    /// <summary>Bytes of a channel: weights and cache.</summary>
    public long ChannelBytes => Cache.End;

    /// <summary>The parts of a channel, from its first byte on.</summary>
    public IReadOnlyList<(string Name, long Offset, long Bytes)> Regions =>
    [
        ("weights", 0, WeightBeats * Machine.LayoutBeatBytes),
        ("kv-cache", Cache.Base, Cache.End - Cache.Base),
    ];

    /// <summary>Row beats of a block of row constants.</summary>
    public int ConstantBeats => Math.Max(1, Program.Plan.Weights.RowConstantBytes / Machine.LayoutBeatBytes);

    /// <summary>Plans the memory of one node for a program that may be too large for it: for whoever wants to know by how much.</summary>
    public static MemoryMap Unchecked(LayerProgram program) => new(program, mustFit: false);

    /// <summary>Byte address, in every channel, of a layer's stream.</summary>
    public long LayerAddress(int layer) => layer * LayerBeats * Machine.LayoutBeatBytes;

    /// <summary>A section of a layer's stream.</summary>
    public StreamSection this[string section] => _sections[section];

    /// <summary>The node's part of a matrix.</summary>
    public ProductLayout ProductOf(string matrix) => _products[matrix];

    /// <summary>Row beats that a step takes from a layer's stream, per channel.</summary>
    public long StreamBeats(ProgramStep step) => step.Reads.Where(r => r.Lookup == SectionLookup.Stream).Sum(r => _sections[r.Name].Beats);

    /// <summary>
    /// Row beats that each channel reads for a token at a position: all weights, and the keys and values of earlier positions (the first channels, where only
    /// some hold them).
    /// </summary>
    public long BeatsRead(int position) => WeightBeats + (Program.Model.Layers * Cache.Heads * Cache.ChannelRows(position));

    /// <summary>Super-beats of so many bytes that are dealt over all channels.</summary>
    public long SuperBeats(long bytes) => (bytes + Machine.SuperBeatBytes - 1) / Machine.SuperBeatBytes;

    private long Place(LayerProgram program)
    {
        var cursor = 0L;
        StreamSection Take(string name, long beats)
        {
            var section = new StreamSection(cursor, beats);
            _sections.Add(name, section);
            cursor += beats;
            return section;
        }

        foreach (var step in program.EachLayer)
        {
            foreach (var read in step.Reads.Where(r => r.Lookup == SectionLookup.Stream))
            {
                if (step.Operation is Product product)
                {
                    var layout = Layout(product);
                    _products.Add(product.Matrix, layout with { Section = Take(read.Name, (long)layout.Groups(Machine.Channels) * layout.GroupBeats) });
                }
                else
                {
                    Take(read.Name, SuperBeats(read.Bytes));
                }
            }
        }

        return cursor;
    }

    private ProductLayout Layout(Product product) => new(
        default, product.Rows / Machine.Nodes, product.Columns, GroupRows, ConstantBeats,
        (int)(Program.Plan.Weights.RowBytes(product.Columns) / Machine.LayoutBeatBytes), product.Columns / Machine.ValuesPerCycle);

    /// <summary>As many rows as have room for their constants in one row beat, and as divide the rows of every matrix; at least one.</summary>
    private static int RowsThatDivide(LayerProgram program)
    {
        var machine = program.Machine;
        var room = Math.Max(1, machine.LayoutBeatBytes / program.Plan.Weights.RowConstantBytes);
        return program.Products.Aggregate(
            room, (rows, p) => (int)BigInteger.GreatestCommonDivisor(rows, Math.Max(1, p.Product.Rows / machine.Nodes / machine.Channels)));
    }
}
