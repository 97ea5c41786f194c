namespace LoopLynx.Synthesis.Cells;

/// <summary>A path through a cell without a register.</summary>
/// <param name="From">Pin, or inner point, where it begins.</param>
/// <param name="To">Pin, or inner point, where it ends. Inner points are numbered behind the pins.</param>
/// <param name="Ns">Its delay.</param>
public readonly record struct CellArc(int From, int To, double Ns);
