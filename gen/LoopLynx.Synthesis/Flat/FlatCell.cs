using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Flat;

/// <summary>A library cell in the flat netlist.</summary>
/// <param name="cell">The cell as its module has it.</param>
/// <param name="instance">Where it lies.</param>
/// <param name="nets">The net of each pin: the bits of its ports, port after port.</param>
public sealed class FlatCell(MappedCell cell, FlatInstance instance, int[] nets)
{
    /// <summary>The cell as its module has it.</summary>
    public MappedCell Cell { get; } = cell;

    /// <summary>Where it lies.</summary>
    public FlatInstance Instance { get; } = instance;

    /// <summary>The net of each pin.</summary>
    public int[] Nets { get; } = nets;

    /// <summary>What the library says about it.</summary>
    public CellModel Model { get; set; } = null!;

    /// <summary>Its name, seen from the top, without the levels that Yosys' own library adds.</summary>
    public string Path => Instance.Inside(Cell.Name.Replace(".genblk1", "", StringComparison.Ordinal));
}
