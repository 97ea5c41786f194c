using System.Numerics;

namespace LoopLynx.Host;

/// <summary>What a model's shape must satisfy for a memory layout; each violation says what to change.</summary>
internal static class MemoryLayoutRules
{
    /// <summary>Rows whose constants fill one beat; one row when a beat is too short even for that.</summary>
    public static int GroupRows(int lanes) => Math.Max(1, lanes / 8);

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

        int dealt = nodes * channels * GroupRows(lanes);
        Rows("QKV", 3 * shape.Embed, dealt);
        Rows("attention output", shape.Embed, dealt);
        Rows("feed-forward 1", shape.FeedForward, dealt);
        Rows("feed-forward 2", shape.Embed, dealt);

        int d = shape.HeadDim, super = layout.SuperBeatBytes;
        if (super % d != 0 && d % super != 0)
            throw new HostException($"head size {d} and the {super} bytes of a super-beat ({channels} channels x {lanes} lanes) must divide one another; change the channels or lanes");
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
            throw new HostException($"the {rows} rows of {matrix} are not divisible by {dealt} (nodes x channels x rows of a constant group); change the nodes, channels or lanes");
    }
}
