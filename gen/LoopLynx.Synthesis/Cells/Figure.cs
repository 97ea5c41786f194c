namespace LoopLynx.Synthesis.Cells;

/// <summary>A delay of the data file.</summary>
/// <param name="Ns">The delay.</param>
/// <param name="Source">Which of the file's sources it comes from.</param>
public sealed record Figure(double Ns, string Source);
