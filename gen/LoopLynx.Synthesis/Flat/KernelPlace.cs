namespace LoopLynx.Synthesis.Flat;

/// <summary>Where a design's nodes and kernels lie. A kernel is a child of a node; in a card's compute unit so is what stands beside its node.</summary>
/// <param name="NodeDepth">Levels below the top at which the nodes lie: 0 where the top is the node, or a unit with one.</param>
/// <param name="Core">Of a unit the name of its node, a child of the top; else null.</param>
public sealed record KernelPlace(int NodeDepth = 0, string? Core = null)
{
    /// <summary>The node in which an instance lies, or on a ring the level of a link; a register in a module of its own lies in none.</summary>
    /// <param name="instance">The instance.</param>
    public FlatInstance? Node(FlatInstance instance) => instance.Ancestor(NodeDepth) is { IsCopy: false } node ? node : null;

    /// <summary>The kernel in which an instance lies. A register in a module of its own belongs to what is around it and is none.</summary>
    /// <param name="instance">The instance.</param>
    public FlatInstance? Kernel(FlatInstance instance)
    {
        var child = instance.Ancestor(NodeDepth + 1);
        if (Core is not null && child?.Path == Core && instance.Ancestor(NodeDepth + 2) is { IsCopy: false } inner)
        {
            return inner;
        }

        return child is { IsCopy: false } ? child : null;
    }
}
