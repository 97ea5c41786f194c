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

        static string Step(IEngine engine, long cycles)
        {
            engine.Run(cycles);
            engine.Settle();
            var outputs = engine.Design.Top.Ports.Where(p => p.Direction == PortDirection.Output);
            return string.Join('|', outputs.Select(p => Convert.ToHexString(engine.Output(p))));
        }
    }

    /// <summary>Thread counts of the Verilated models that race: a single thread always, since more are often slower.</summary>
    internal static IEnumerable<int> ThreadCounts(int threads) => threads > 1 ? [1, threads] : [1];

    /// <summary>Times steppers of the same work; each gets a number of cycles and returns the state that it ends in.</summary>
    internal static RaceResult Race(
        string name,
        FirstCycle first,
        int runs,
        double compiledBuild,
        Func<long, string> compiled,
        IReadOnlyList<VerilatedRunner> verilated,
        CancellationToken cancel)
    {
        // Enough cycles that the slowest side runs for about half a second; also the warm-up of all.
        var cycles = 1000L;
        var equal = true;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var expected = compiled(cycles);
            var slowest = 0.0;
            foreach (var runner in verilated)
            {
                slowest = Math.Max(slowest, Time(runner.Step, cycles, expected, ref equal));
            }

            if (slowest > 0.25)
            {
                cycles = Math.Max(1, (long)(cycles * 0.5 / slowest));
                break;
            }

            cycles *= 4;
        }

        var compiledTimes = new List<double>();
        var verilatedTimes = verilated.Select(_ => new List<double>()).ToList();
        for (var run = 0; run < runs; run++)
        {
            cancel.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            var expected = compiled(cycles);
            compiledTimes.Add(clock.Elapsed.TotalSeconds);
            foreach (var (runner, times) in verilated.Zip(verilatedTimes))
            {
                times.Add(Time(runner.Step, cycles, expected, ref equal));
            }
        }

        var (fastest, fastestTimes) = verilated.Zip(verilatedTimes).MinBy(v => v.Second.Min());
        var (c, v) = (compiledTimes.Min(), fastestTimes.Min());
        return new RaceResult(
            name, cycles, cycles / c, cycles / v, v / c, Median(fastestTimes) / Median(compiledTimes), equal,
            first.FirstCycleSeconds, first.CompiledSeconds, compiledBuild, fastest.BuildSeconds, fastest.BuildSeconds / first.FirstCycleSeconds,
            fastest.Threads, [.. verilated.Zip(verilatedTimes, (r, times) => new VerilatedResult(r.Threads, cycles / times.Min(), r.BuildSeconds))]);
    }

    private static double Time(Func<long, string> step, long cycles, string expected, ref bool equal)
    {
        var clock = Stopwatch.StartNew();
        var state = step(cycles);
        var seconds = clock.Elapsed.TotalSeconds;
        equal &= state == expected;
        return seconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
