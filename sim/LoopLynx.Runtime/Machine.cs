using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;

namespace LoopLynx.Runtime;

/// <summary>A configuration as a design and as memory contents: one node, or several on a ring.</summary>
public static class Machine
{
    // A net with more loads takes a third of a cycle at 300 MHz.
    private const int MostResetLoads = 200;

    /// <summary>The shape of a model as a configuration, with 8 channels of 32 lanes.</summary>
    public static NodeConfiguration Shape(ModelDescription shape) => new(shape);

    /// <summary>
    /// The netlist of the machine alone: what is written as Verilog, mapped and timed. No path leads through a kernel of a node.
    /// </summary>
    public static Design Elaborate(NodeConfiguration configuration) =>
        Elaborator.Elaborate(Top(configuration), Options(configuration.Nodes == 1 ? 1 : 2));

    /// <summary>As <see cref="Elaborate"/>, one node of the machine: on a ring with the ports of its place.</summary>
    public static Design ElaborateNode(NodeConfiguration configuration) => Elaborator.Elaborate(new LoopLynxNode(configuration), Options(1));

    /// <summary>The netlist that sessions simulate: the machine in a <see cref="SimulationTop"/>, with the same ports.</summary>
    public static Design ElaborateChecked(NodeConfiguration configuration) =>
        Elaborator.Elaborate(new SimulationTop(Top(configuration)), Options(null));

    /// <summary>The netlist of the kernel: what is packaged for the card.</summary>
    public static Design ElaborateKernel(NodeConfiguration configuration) =>
        Elaborator.Elaborate(new LoopLynxKernel(LoopLynxKernel.Of(configuration)), Options(1));

    /// <summary>The netlist of the kernel that sessions simulate, with a protocol checker on each port.</summary>
    public static Design ElaborateCheckedKernel(NodeConfiguration configuration) =>
        Elaborator.Elaborate(new SimulationTop(new LoopLynxKernel(LoopLynxKernel.Of(configuration))), Options(null));

    /// <summary>Where everything lies in a node's channels.</summary>
    public static MemoryMap Map(NodeConfiguration configuration) => configuration.Map;

    /// <summary>Contents of all channels, node after node, with an empty KV cache.</summary>
    public static byte[][] BuildMemory(QuantizedModel model, MemoryMap map, CancellationToken cancel = default) =>
        [.. Enumerable.Range(0, map.Machine.Nodes).SelectMany(node => MemoryImage.Build(model, map, node, cancel))];

    /// <summary>Puts the first positions of a cache into all nodes' channels.</summary>
    public static void WriteCache(byte[][] memory, MemoryMap map, KvCache cache, int positions, CancellationToken cancel = default)
    {
        for (var node = 0; node < map.Machine.Nodes; node++)
        {
            KvCacheImage.Write(new ArrayMemory(memory[(node * map.Machine.Channels)..((node + 1) * map.Machine.Channels)]), map, cache, positions, node, cancel);
        }
    }

    private static ElaborationOptions Options(int? registeredDepth) => new() { RegisteredDepth = registeredDepth, MostResetLoads = MostResetLoads };

    private static Module Top(NodeConfiguration configuration) =>
        configuration.Nodes == 1 ? new LoopLynxNode(configuration) : new LoopLynxRing(configuration, CardRing.Of(configuration));
}
