using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Flat;

/// <summary>An instance of a module in the flat netlist.</summary>
/// <param name="Index">Its number.</param>
/// <param name="Path">Names from the top's child downwards; empty for the top.</param>
/// <param name="Module">What it is an instance of.</param>
/// <param name="Parent">The instance around it; null for the top.</param>
/// <param name="FirstBit">Where its nets begin before those of one piece are joined.</param>
public sealed record FlatInstance(int Index, string Path, MappedModule Module, FlatInstance? Parent, int FirstBit)
{
    /// <summary>Levels below the top.</summary>
    public int Depth { get; } = Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>The instance itself or the one around it that is that many levels below the top; null where it lies above.</summary>
    public FlatInstance? Ancestor(int depth)
    {
        var at = this;
        while (at is not null && at.Depth > depth)
        {
            at = at.Parent;
        }

        return at?.Depth == depth ? at : null;
    }

    /// <summary>It is a copy of a register, or one of a reset's: flip-flops alone.</summary>
    public bool IsCopy => Module.Cells.Count > 0 && Module.Cells.All(c => c.Type.StartsWith("FD", StringComparison.Ordinal));

    /// <summary>The name of something inside, seen from the top.</summary>
    public string Inside(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
