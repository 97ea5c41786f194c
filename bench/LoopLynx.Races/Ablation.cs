using System.Diagnostics;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Races;

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
    public static IEnumerable<AblationRow> Run(
        string design, Func<CompiledOptions, (Action<long> Step, IDisposable End)> start, int runs, CancellationToken cancel)
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
                var cycles = Calibrate(full, cancel);
                reduced(cycles);
                var (on, off) = (new List<double>(), new List<double>());
                for (var run = 0; run < runs; run++)
                {
                    cancel.ThrowIfCancellationRequested();
                    on.Add(Time(full, cycles));
                    off.Add(Time(reduced, cycles));
                }

                yield return new AblationRow(design, name, off.Min() / on.Min(), Median(off) / Median(on));
            }
        }
    }

    // About a fifth of a second a run.
    private static long Calibrate(Action<long> step, CancellationToken cancel)
    {
        for (var cycles = 1000L; ; cycles *= 4)
        {
            cancel.ThrowIfCancellationRequested();
            var seconds = Time(step, cycles);
            if (seconds > 0.1)
            {
                return Math.Max(1, (long)(cycles * 0.2 / seconds));
            }
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Time(Action<long> step, long cycles)
    {
        var clock = Stopwatch.StartNew();
        step(cycles);
        return clock.Elapsed.TotalSeconds;
    }
}
