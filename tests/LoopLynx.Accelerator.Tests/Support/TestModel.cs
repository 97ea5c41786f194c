using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>A synthetic model of a configuration's size, and the memory images of all its nodes.</summary>
internal sealed class TestModel
{
    private const int Vocabulary = 64;

    public TestModel(NodeConfiguration configuration, ulong seed = 1)
    {
        var c = configuration;
        Model = SyntheticModel.Create(new ModelShape(c.Layers, c.Heads, c.Embed, c.Context, Vocabulary, c.FeedForward), seed);
        Layout = Machine.Layout(c, Model.Shape);
        Image = Machine.BuildMemory(Model, Layout);
    }

    public QuantizedModel Model { get; }

    public MemoryLayout Layout { get; }

    /// <summary>[nodes * channels][bytes]</summary>
    public byte[][] Image { get; }

    /// <summary>The super-beats of a section of a layer, of node 0.</summary>
    public List<Beat> Beats(int layer, MemorySection section) =>
        [.. Enumerable.Range(0, (int)section.Beats).Select(i => BeatAt(Layout.LayerAddress(layer) + ((section.Offset + i) * Layout.Lanes)))];

    /// <summary>The super-beat at a channel address, of node 0.</summary>
    public Beat BeatAt(long address) => Row(address, 0, Layout.Channels);

    /// <summary>The row of keys or values at a channel address, of node 0: a super-beat, or the part of it that their channels hold.</summary>
    public Beat KvRowAt(long address, bool isValue)
    {
        var (first, count) = Layout.KvChannelsOf(isValue);
        return Row(address, first, count);
    }

    private Beat Row(long address, int firstChannel, int channels) =>
        Values.Packet(Image.Skip(firstChannel).Take(channels).SelectMany(channel => channel.AsSpan((int)address, Layout.Lanes).ToArray()).Select(b => (sbyte)b));
}
