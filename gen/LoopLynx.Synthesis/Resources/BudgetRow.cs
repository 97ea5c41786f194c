namespace LoopLynx.Synthesis.Resources;

/// <summary>One row of <see cref="Budget"/>.</summary>
/// <param name="Source">Which of its sources it comes from.</param>
/// <param name="Lut">Look-up tables, as logic and as memory.</param>
/// <param name="Ff">Flip-flops.</param>
/// <param name="Dsp">DSP slices.</param>
/// <param name="Bram36">Block RAMs.</param>
/// <param name="Uram">Ultra RAMs.</param>
public sealed record BudgetRow(string Source, double Lut, double Ff, double Dsp, double Bram36, double Uram);
