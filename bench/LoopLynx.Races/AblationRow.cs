namespace LoopLynx.Races;

/// <summary>What an optimisation of the compiled engine gives on a design.</summary>
/// <param name="Design">Design.</param>
/// <param name="Off">The optimisation that was off, or a vector width that was forced.</param>
/// <param name="Slowdown">Time without it over time with everything on, best runs.</param>
/// <param name="MedianSlowdown">The same of the median runs.</param>
public sealed record AblationRow(string Design, string Off, double Slowdown, double MedianSlowdown);
