using LoopLynx.Accelerator;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;

namespace LoopLynx.Runtime;

/// <summary>A configuration as a design and as memory contents: one node, or several on a ring.</summary>
public static class Machine
{
    /// <summary>The shape of a model as a configuration, with 8 channels of 32 lanes.</summary>
    public static NodeConfiguration Shape(ModelShape shape) => new(shape.Layers, shape.Heads, shape.Embed, shape.FeedForward, shape.Context);

    /// <summary>The netlist.</summary>
    public static Design Elaborate(NodeConfiguration configuration) =>
        Elaborator.Elaborate(configuration.Nodes == 1 ? new LoopLynxNode(configuration) : new LoopLynxRing(configuration));

    /// <summary>Where everything lies in a node's channels.</summary>
    public static MemoryLayout Layout(NodeConfiguration configuration, ModelShape shape) =>
        new(shape, configuration.Channels, configuration.SliceLanes, configuration.Nodes, configuration.KvChannels);

    /// <summary>Contents of all channels, node after node, with an empty KV cache.</summary>
    public static byte[][] BuildMemory(QuantizedModel model, MemoryLayout layout, CancellationToken cancel = default) =>
        [.. Enumerable.Range(0, layout.Nodes).SelectMany(node => MemoryImage.Build(model, layout, node, cancel))];

    /// <summary>Puts the first positions of a cache into all nodes' channels.</summary>
    public static void WriteCache(byte[][] memory, MemoryLayout layout, KvCache cache, int positions, CancellationToken cancel = default)
    {
        for (var node = 0; node < layout.Nodes; node++)
        {
            KvCacheImage.Write(memory[(node * layout.Channels)..((node + 1) * layout.Channels)], layout, cache, positions, node, cancel);
        }
    }
}
