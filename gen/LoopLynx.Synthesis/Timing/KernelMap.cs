using LoopLynx.Synthesis.Flat;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Which node and kernel each cell lies in. The kernels are a node's children.</summary>
internal sealed class KernelMap
{
    private readonly FlatInstance?[] _node;
    private readonly FlatInstance?[] _kernel;
    private readonly FlatDesign _design;

    /// <summary>Finds them.</summary>
    /// <param name="design">The design.</param>
    /// <param name="nodeDepth">Levels below the top at which the nodes lie: 0 where the top is the node.</param>
    public KernelMap(FlatDesign design, int nodeDepth)
    {
        _design = design;
        _node = [.. design.Instances.Select(i => i.Node(nodeDepth))];
        _kernel = [.. design.Instances.Select(i => i.Kernel(nodeDepth))];
    }

    /// <summary>The wire between two cells.</summary>
    public WireKind Between(int driver, int load)
    {
        var a = _design.Cells[driver].Instance.Index;
        var b = _design.Cells[load].Instance.Index;
        return _node[a] != _node[b] ? WireKind.AtPort
            : _kernel[a] != _kernel[b] ? WireKind.BetweenKernels
            : WireKind.Fabric;
    }
}
