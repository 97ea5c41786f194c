namespace LoopLynx.Hdl.Coverage;

/// <summary>One thing of a definition that a test should exercise: a point, or for a signal's bits one point a bit.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Name">Which one: <c>true</c>, <c>case Fill</c>, <c>count rising</c>, <c>phase.Drain</c>; empty for a line.</param>
/// <param name="Location">The C# line.</param>
/// <param name="Ordinal">Number among the items of this kind, name and line, from 0: a loop of C# makes many on one line.</param>
/// <param name="Bits">Points: bits of the signal for a toggle, else 1.</param>
public sealed record CoverageItem(CoverageKind Kind, string Name, SourceLocation Location, int Ordinal, int Bits);
