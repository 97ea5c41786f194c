using System.Numerics;

namespace LoopLynx.Host;

/// <summary>What a model's shape must satisfy for a memory layout; each violation says what to change.</summary>
internal static class MemoryLayoutRules
{
    /// <summary>Rows of a group: as many as have room for their constants in one beat, and as divide the rows of every matrix; at least one.</summary>
    public static int GroupRows(MemoryLayout layout) => new[] { layout.Shape.Embed, 3 * layout.Shape.Embed, layout.Shape.FeedForward }
        .Aggregate(Math.Max(1, layout.Lanes / 8), (rows, size) => (int)BigInteger.GreatestCommonDivisor(rows, Math.Max(1, size / layout.Nodes / layout.Channels)));

    public static void CheckShape(MemoryLayout layout)
    {
        (ModelShape shape, int channels, int lanes, int nodes) = (layout.Shape, layout.Channels, layout.Lanes, layout.Nodes);
        if (lanes < 4 || !BitOperations.IsPow2(lanes))
            throw new HostException($"{lanes} lanes per channel: must be a power of two, at least 4");
        if (channels < 1)
            throw new HostException($"{channels} channels: a node needs at least one");
        if (nodes < 1)
            throw new HostException($"{nodes} nodes: at least one is needed");
        if (shape.Heads % nodes != 0)
            throw new HostException($"{shape.Heads} heads cannot be shared by {nodes} nodes; use a number of nodes that divides the heads");
        Divides(shape.Embed, lanes, "embedding width", "lanes");
        Divides(shape.FeedForward, lanes, "feed-forward width", "lanes");
        Divides(shape.Embed, channels, "embedding width", "channels");

        int dealt = nodes * channels;
        Rows("QKV", 3 * shape.Embed, dealt);
        Rows("attention output", shape.Embed, dealt);
        Rows("feed-forward 1", shape.FeedForward, dealt);
        Rows("feed-forward 2", shape.Embed, dealt);

        if (layout.KvChannels < 0 || 2 * layout.KvChannels > channels)
            throw new HostException($"K on {layout.KvChannels} and V on {layout.KvChannels} channels do not fit {channels} channels");

        int d = shape.HeadDim, super = layout.KvRowBytes;
        if (super % d != 0 && d % super != 0)
            throw new HostException($"head size {d} and the {super} bytes of a row of the KV cache ({super / lanes} channels x {lanes} lanes) must divide one another; change the channels or lanes");
    }

    public static void CheckCapacity(MemoryLayout layout)
    {
        if (layout.ChannelBytes > MemoryLayout.ChannelCapacity)
            throw new HostException($"the model needs {layout.ChannelBytes} bytes per channel but a channel has {MemoryLayout.ChannelCapacity}; use more nodes or channels, or a smaller model");
    }

    private static void Divides(int size, int by, string sizeName, string byName)
    {
        if (size % by != 0)
            throw new HostException($"{sizeName} {size} is not divisible by {by} {byName}; change the {byName}");
    }

    private static void Rows(string matrix, int rows, int dealt)
    {
        if (rows % dealt != 0)
            throw new HostException($"the {rows} rows of {matrix} are not divisible by {dealt} (nodes x channels); change the nodes, channels or lanes");
    }
}
