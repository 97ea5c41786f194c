using System.Collections.Immutable;
using System.Numerics;

namespace LoopLynx.Hdl.Netlist;

/// <summary>Which kind of storage a memory asks for.</summary>
public enum MemoryStyle
{
    /// <summary>The tool decides.</summary>
    Auto,

    /// <summary>Look-up tables (LUTRAM).</summary>
    Distributed,

    /// <summary>Block RAM (RAMB36).</summary>
    Block,

    /// <summary>Ultra RAM (URAM288).</summary>
    Ultra,
}

/// <summary>A memory of <see cref="Depth"/> rows. A ROM is a memory without write ports.</summary>
public sealed class MemoryInfo(string name, HdlType rowType, int depth, MemoryStyle style, ImmutableArray<ImmutableArray<BigInteger>> initial)
{
    /// <summary>Dense index in <see cref="Definition.Memories"/>.</summary>
    public int Id { get; internal set; } = -1;

    /// <summary>Name, unique in the definition.</summary>
    public string Name { get; internal set; } = name;

    /// <summary>Type of one row.</summary>
    public HdlType RowType { get; } = rowType;

    /// <summary>Number of rows, at least 1.</summary>
    public int Depth { get; } = depth;

    /// <summary>Requested storage.</summary>
    public MemoryStyle Style { get; } = style;

    /// <summary>Power-up rows, one integer per lane, for the first rows; empty: all zero. Rows past the end are zero.</summary>
    public ImmutableArray<ImmutableArray<BigInteger>> Initial { get; } = initial;

    /// <summary>Write ports; of two writes to one row at one edge, the later port wins.</summary>
    public ImmutableArray<MemoryWrite> Writes { get; internal set; } = [];

    /// <summary>The C# line.</summary>
    public SourceLocation Location { get; internal set; }
}

/// <summary>A synchronous write port. A write past the end is ignored.</summary>
/// <param name="Domain">Its clock.</param>
/// <param name="Address">Row, an unsigned scalar.</param>
/// <param name="Data">The new row, of the row type.</param>
/// <param name="Enable">One bit.</param>
/// <param name="Mask">Null, or one bit per lane of the row: lanes with 0 keep their value.</param>
public sealed record MemoryWrite(ClockDomain Domain, Node Address, Node Data, Node Enable, Node? Mask)
{
    /// <summary>The C# line.</summary>
    public SourceLocation Location { get; init; }
}
