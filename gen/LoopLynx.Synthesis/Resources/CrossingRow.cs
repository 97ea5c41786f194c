namespace LoopLynx.Synthesis.Resources;

/// <summary>The lines between the card's two dies.</summary>
/// <param name="Source">Where the figures come from.</param>
/// <param name="Lines">How many there are.</param>
/// <param name="Most">How many the project may use.</param>
public sealed record CrossingRow(string Source, int Lines, int Most);
