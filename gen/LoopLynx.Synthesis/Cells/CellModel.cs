namespace LoopLynx.Synthesis.Cells;

/// <summary>A kind of cell in one mode, as resources and timing see it; shared by all cells that are alike.</summary>
/// <param name="Name">The library's name, with the mode where it matters.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Size">Look-up tables, halves of a block RAM or other units that it takes.</param>
/// <param name="Pins">Its pins, port after port.</param>
/// <param name="Arcs">The paths through it.</param>
/// <param name="InnerPoints">Points inside that arcs meet at.</param>
public sealed record CellModel(string Name, CellKind Kind, int Size, IReadOnlyList<PinModel> Pins, IReadOnlyList<CellArc> Arcs, int InnerPoints);
