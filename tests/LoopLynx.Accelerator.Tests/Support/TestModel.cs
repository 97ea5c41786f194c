namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>A synthetic model of a configuration's size, and its memory image.</summary>
internal sealed class TestModel
{
    private const int Vocabulary = 64;

    public TestModel(NodeConfiguration configuration, ulong seed = 1)
    {
        var c = configuration;
        Model = SyntheticModel.Create(new ModelShape(c.Layers, c.Heads, c.Embed, c.Context, Vocabulary, c.FeedForward), seed);
        Layout = new MemoryLayout(Model.Shape, c.Channels, c.Lanes);
        Image = MemoryImage.Build(Model, Layout);
    }

    public QuantizedModel Model { get; }

    public MemoryLayout Layout { get; }

    /// <summary>[channels][bytes]</summary>
    public byte[][] Image { get; }

    /// <summary>The super-beats of a section of a layer.</summary>
    public List<Beat> Beats(int layer, MemorySection section) =>
        [.. Enumerable.Range(0, (int)section.Beats).Select(i => BeatAt(Layout.LayerAddress(layer) + ((section.Offset + i) * Layout.Lanes)))];

    /// <summary>The super-beat at a channel address.</summary>
    public Beat BeatAt(long address) => Values.Packet(Image.SelectMany(channel => channel.AsSpan((int)address, Layout.Lanes).ToArray()).Select(b => (sbyte)b));
}
