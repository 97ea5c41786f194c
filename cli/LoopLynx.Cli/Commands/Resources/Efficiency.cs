using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Synthesis.Resources;

namespace LoopLynx.Cli.Commands;

/// <summary>What a machine gets out of its cells: tokens a second for each DSP block and each 1,000 LUTs, without the shell.</summary>
/// <param name="Milliseconds">Of a token.</param>
/// <param name="Dsp">DSP blocks.</param>
/// <param name="Lut">Look-up tables, as logic and as memory.</param>
public sealed record Efficiency(double Milliseconds, double Dsp, double Lut)
{
    private const int LutUnit = 1000;

    /// <summary>Tokens a second.</summary>
    public double TokensPerSecond => 1000 / Milliseconds;

    /// <summary>Tokens a second and DSP block.</summary>
    public double PerDsp => TokensPerSecond / Dsp;

    /// <summary>Tokens a second and 1,000 look-up tables.</summary>
    public double PerThousandLut => TokensPerSecond / Lut * LutUnit;

    /// <summary>A machine's, with a token of the closed-form model.</summary>
    /// <param name="machine">Its cells.</param>
    /// <param name="configuration">The machine.</param>
    /// <param name="clock">Its clock and basis.</param>
    /// <param name="position">The token's position.</param>
    public static Efficiency Of(ResourceCount machine, NodeConfiguration configuration, Clock clock, int position) =>
        new(clock.Milliseconds(LatencyModel.Token(configuration, position).Cycles), machine.Dsp, machine.Lut + machine.LutRam);

    /// <summary>The paper's node, its look-up tables without the shell's as estimated.</summary>
    public static Efficiency Published(Budget budget) => new(budget.Token.Milliseconds, budget.TableII.Dsp, budget.TableII.Lut - budget.Shell.Lut);

    /// <summary>The figures of a line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Milliseconds:0.000} ms, {TokensPerSecond:0.0} tokens/s: {PerDsp:0.000} per DSP, {PerThousandLut:0.00} per 1,000 LUT of {Lut:0}");
}
