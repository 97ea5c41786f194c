using LoopLynx.Gen.Board;

namespace LoopLynx.Cli.Output;

/// <summary>
/// Cycles as time, on one of two bases that are never mixed: the paper's machines at the paper's clock, and the card's machine at the card's.
/// </summary>
/// <param name="Basis"><c>paper</c> or <c>card</c>.</param>
/// <param name="Mhz">Clock in MHz.</param>
public sealed record Clock(string Basis, double Mhz)
{
    /// <summary>The paper's clock, for the presets that are compared with it.</summary>
    public static Clock Paper { get; } = new("paper", U50.Default.ClockMhz);

    /// <summary>The clock that the card's shell gives a kernel.</summary>
    public static Clock Card { get; } = new("card", U50.Default.KernelClockMhz);

    /// <summary>The basis of a preset.</summary>
    public static Clock Of(string preset) => preset == "u50" ? Card : Paper;

    /// <summary>Cycles in milliseconds.</summary>
    public double Milliseconds(double cycles) => cycles / (Mhz * 1000);

    /// <summary>For behind a number of milliseconds.</summary>
    public override string ToString() => FormattableString.Invariant($"{Mhz:0.#} MHz, {Basis} basis");
}
