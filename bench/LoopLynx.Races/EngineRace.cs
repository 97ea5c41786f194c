using System.Diagnostics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Verilator;

namespace LoopLynx.Races;

/// <summary>Times engines alternately, so that all see the same moods of the machine.</summary>
public static class EngineRace
{
    /// <summary>Runs a design whose only input is its clock.</summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="elaborate">Makes the design; its outputs are the state that is compared.</param>
    /// <param name="runs">Timed runs of each engine.</param>
    /// <param name="threads">Threads of a second Verilated model; 1: none.</param>
    /// <param name="cache">Folder of built Verilated models, or null for the shared one.</param>
    /// <param name="options">Optimisations of the compiled engine.</param>
    /// <param name="cancel">Ends between runs.</param>
    public static RaceResult Run(string name, Func<Design> elaborate, int runs, int threads, string? cache, CompiledOptions options, CancellationToken cancel)
    {
        var first = FirstCycle.Measure(elaborate, options, cancel);
        var build = Stopwatch.StartNew();
        using var compiled = new CompiledEngine(first.Design, options, cancel);
        compiled.Tick();
        var compiledBuild = build.Elapsed.TotalSeconds;
        VerilatorEngine Verilate(int count) => new(first.Design, new VerilatorOptions { Threads = count, CacheFolder = cache, Cancellation = cancel });
        var verilated = ThreadCounts(threads).Select(count => (Threads: count, Engine: Verilate(count))).ToList();
        try
        {
            verilated.ForEach(v => v.Engine.Tick());
            return Race(
                name, first, runs, compiledBuild, cycles => Step(compiled, cycles),
                [.. verilated.Select(v => new VerilatedRunner(v.Threads, v.Engine.BuildSeconds, cycles => Step(v.Engine, cycles)))], cancel);
        }
        finally
        {
            verilated.ForEach(v => v.Engine.Dispose());
        }

        static Lap Step(IEngine engine, long cycles) => Lap.Time(
            () =>
            {
                engine.Run(cycles);
                engine.Settle();
                return cycles;
            },
            () => string.Join('|', engine.Design.Top.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => Convert.ToHexString(engine.Output(p)))));
    }

    /// <summary>Thread counts of the Verilated models that race: a single thread always, since more are often slower.</summary>
    internal static IEnumerable<int> ThreadCounts(int threads) => threads > 1 ? [1, threads] : [1];

    /// <summary>Times runners of the same work; each gets a number of cycles to run at least.</summary>
    internal static RaceResult Race(
        string name,
        FirstCycle first,
        int runs,
        double compiledBuild,
        Func<long, Lap> compiled,
        IReadOnlyList<VerilatedRunner> verilated,
        CancellationToken cancel)
    {
        var equal = true;
        (Lap Compiled, Lap[] Verilated) Round(long cycles)
        {
            cancel.ThrowIfCancellationRequested();
            var expected = compiled(cycles);
            Lap[] laps = [.. verilated.Select(v => v.Step(cycles))];
            equal &= laps.All(lap => lap.State == expected.State && lap.Cycles == expected.Cycles);
            return (expected, laps);
        }

        // Enough cycles that the slowest side runs for about half a second; also the warm-up of all.
        var warm = Round(1000);
        while (warm.Verilated.Max(lap => lap.Seconds) <= 0.25)
        {
            warm = Round(4 * warm.Compiled.Cycles);
        }

        var wanted = Math.Max(1, (long)(0.5 / warm.Verilated.Max(lap => lap.SecondsPerCycle)));
        var rounds = Enumerable.Range(0, runs).Select(_ => Round(wanted)).ToList();
        double[] compiledTimes = [.. rounds.Select(r => r.Compiled.SecondsPerCycle)];
        var models = verilated.Select((runner, i) => (Runner: runner, Times: rounds.Select(r => r.Verilated[i].SecondsPerCycle).ToArray())).ToList();
        var (fastest, times) = models.MinBy(m => m.Times.Min());
        var (c, v) = (compiledTimes.Min(), times.Min());
        return new RaceResult(
            name, rounds[^1].Compiled.Cycles, 1 / c, 1 / v, v / c, Median(times) / Median(compiledTimes), equal,
            first.FirstCycleSeconds, first.CompiledSeconds, compiledBuild, fastest.BuildSeconds, fastest.BuildSeconds / first.FirstCycleSeconds,
            fastest.Threads, [.. models.Select(m => new VerilatedResult(m.Runner.Threads, 1 / m.Times.Min(), m.Runner.BuildSeconds))]);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
