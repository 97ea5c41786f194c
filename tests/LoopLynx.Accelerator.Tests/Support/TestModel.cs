using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>A synthetic model of a configuration's size, and the memory images of all its nodes.</summary>
internal sealed class TestModel
{
    private const int Vocabulary = 64;

    public TestModel(NodeConfiguration configuration, ulong seed = 1, LoopLynx.Host.OperationTable? operations = null)
    {
        var c = configuration;
        Model = SyntheticModel.Create(c.Model with { Vocabulary = Vocabulary }, c.Plan, seed, operations);
        Map = Machine.Map(c);
        Image = Machine.BuildMemory(Model, Map);
    }

    public QuantizedModel Model { get; }

    public MemoryMap Map { get; }

    /// <summary>[nodes * channels][bytes]</summary>
    public byte[][] Image { get; }

    /// <summary>The super-beats of a section of a layer, of node 0.</summary>
    public List<Beat> Beats(int layer, StreamSection section) =>
        [.. Enumerable.Range(0, (int)section.Beats).Select(i => BeatAt(Map.LayerAddress(layer) + ((section.Offset + i) * Map.Machine.LayoutBeatBytes)))];

    /// <summary>The super-beat at a channel address, of node 0.</summary>
    public Beat BeatAt(long address) => Row(address, 0, Map.Machine.Channels);

    /// <summary>The row of keys or values at a channel address, of node 0: a super-beat, or the part of it that their channels hold.</summary>
    public Beat KvRowAt(long address, bool isValue)
    {
        var (first, count) = Map.Machine.KvChannelsOf(isValue);
        return Row(address, first, count);
    }

    private Beat Row(long address, int firstChannel, int channels) =>
        Values.Packet(Image.Skip(firstChannel).Take(channels).SelectMany(channel => channel.AsSpan((int)address, Map.Machine.LayoutBeatBytes).ToArray()).Select(b => (sbyte)b));
}
