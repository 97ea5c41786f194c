using LoopLynx.Synthesis.Flat;

namespace LoopLynx.Synthesis.Timing;

/// <summary>Which node and kernel each cell lies in. See <see cref="KernelPlace"/>.</summary>
internal sealed class KernelMap
{
    private readonly FlatInstance?[] _node;
    private readonly FlatInstance?[] _kernel;
    private readonly FlatDesign _design;

    /// <summary>Finds them.</summary>
    /// <param name="design">The design.</param>
    /// <param name="place">Where they lie.</param>
    public KernelMap(FlatDesign design, KernelPlace place)
    {
        _design = design;
        _node = [.. design.Instances.Select(place.Node)];
        _kernel = [.. design.Instances.Select(place.Kernel)];
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
