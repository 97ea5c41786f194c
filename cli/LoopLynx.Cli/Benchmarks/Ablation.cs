using System.Diagnostics;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Benchmarks;

/// <summary>What an optimisation of the compiled engine gives on a design.</summary>
/// <param name="Design">Design.</param>
/// <param name="Off">The optimisation that was off, or a vector width that was forced.</param>
/// <param name="Slowdown">Time without it over time with everything on, best runs.</param>
/// <param name="MedianSlowdown">The same of the median runs.</param>
public sealed record AblationRow(string Design, string Off, double Slowdown, double MedianSlowdown);

/// <summary>Times the compiled engine with everything on and with one optimisation off, alternately.</summary>
public static class Ablation
{
    private static readonly (string Name, CompiledOptions Options)[] Widths =
        [.. new[] { 128, 256, 512 }.Select(bits => ($"{bits} bits", new CompiledOptions { VectorBits = bits }))];

    /// <summary>Measures every switch and every forced vector width.</summary>
    /// <param name="design">Name of the design.</param>
    /// <param name="start">Starts it with options: a stepper that runs a number of cycles, and what ends it.</param>
    /// <param name="runs">Timed runs of each side.</param>
    /// <param name="cancel">Ends between runs.</param>
    public static IEnumerable<AblationRow> Run(string design, Func<CompiledOptions, (Action<long> Step, IDisposable End)> start, int runs, CancellationToken cancel)
    {
        var variants = CompiledSwitches.All.Select(s => (s.Name, Options: s.Off(CompiledOptions.Default))).Concat(Widths);
        foreach (var (name, options) in variants)
        {
            cancel.ThrowIfCancellationRequested();
            var (full, endFull) = start(CompiledOptions.Default);
            var (reduced, endReduced) = start(options);
            using (endFull)
            using (endReduced)
            {
                var cycles = Calibrate(full);
                reduced(cycles);
                var (on, off) = (new List<double>(), new List<double>());
                for (var run = 0; run < runs; run++)
                {
                    on.Add(Time(full, cycles));
                    off.Add(Time(reduced, cycles));
                }

                yield return new AblationRow(design, name, off.Min() / on.Min(), off.Order().ElementAt(runs / 2) / on.Order().ElementAt(runs / 2));
            }
        }
    }

    // About a fifth of a second a run.
    private static long Calibrate(Action<long> step)
    {
        for (var cycles = 1000L; ; cycles *= 4)
        {
            var seconds = Time(step, cycles);
            if (seconds > 0.1)
            {
                return Math.Max(1, (long)(cycles * 0.2 / seconds));
            }
        }
    }

    private static double Time(Action<long> step, long cycles)
    {
        var clock = Stopwatch.StartNew();
        step(cycles);
        return clock.Elapsed.TotalSeconds;
    }
}
