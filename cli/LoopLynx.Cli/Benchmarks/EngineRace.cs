using System.Diagnostics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Benchmarks;

/// <summary>One design on the compiled engine and on Verilator, on the same stimulus, in one run.</summary>
/// <param name="Name">Design.</param>
/// <param name="Cycles">Cycles of each timed run.</param>
/// <param name="CompiledCyclesPerSecond">Best run of the compiled engine.</param>
/// <param name="VerilatorCyclesPerSecond">Best run of Verilator.</param>
/// <param name="Ratio">Compiled over Verilator, best runs.</param>
/// <param name="MedianRatio">The same of the median runs.</param>
/// <param name="HashesEqual">Whether both ended every run in the same state, as far as the outputs show it.</param>
/// <param name="CompiledBuildSeconds">From the elaborated design to a compiled engine.</param>
/// <param name="VerilatorBuildSeconds">From the elaborated design to a Verilated one; when it was built, if it comes from the cache.</param>
/// <param name="VerilatorThreads">Threads of the Verilated model.</param>
public sealed record RaceResult(
    string Name, long Cycles, double CompiledCyclesPerSecond, double VerilatorCyclesPerSecond, double Ratio, double MedianRatio, bool HashesEqual,
    double CompiledBuildSeconds, double VerilatorBuildSeconds, int VerilatorThreads);

/// <summary>Times two engines alternately, so that both see the same moods of the machine.</summary>
public static class EngineRace
{
    /// <summary>Runs a design whose only input is its clock.</summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="design">The design; its outputs are the state that is compared.</param>
    /// <param name="runs">Timed runs of each engine.</param>
    /// <param name="threads">Threads of the Verilated model.</param>
    /// <param name="options">Optimisations of the compiled engine.</param>
    /// <param name="cancel">Ends between runs.</param>
    public static RaceResult Run(string name, Design design, int runs, int threads, CompiledOptions options, CancellationToken cancel)
    {
        var build = Stopwatch.StartNew();
        using var compiled = new CompiledEngine(design, options);
        compiled.Tick();
        var compiledBuild = build.Elapsed.TotalSeconds;
        using var verilated = new VerilatorEngine(design, new VerilatorOptions { Threads = threads, Cancellation = cancel });
        verilated.Tick();

        return Race(name, runs, compiledBuild, verilated.BuildSeconds, threads, cycles => Step(compiled, cycles), cycles => Step(verilated, cycles), cancel);

        static string Step(IEngine engine, long cycles)
        {
            engine.Run(cycles);
            engine.Settle();
            return string.Join('|', engine.Design.Top.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => Convert.ToHexString(engine.Output(p))));
        }
    }

    /// <summary>Times two steppers of the same work; each gets a number of cycles and returns the state that it ends in.</summary>
    public static RaceResult Race(string name, int runs, double compiledBuild, double verilatorBuild, int threads, Func<long, string> compiled, Func<long, string> verilated, CancellationToken cancel)
    {
        // Enough cycles that the slower side runs for about half a second; also the warm-up of both.
        var cycles = 1000L;
        var equal = true;
        while (true)
        {
            var clock = Stopwatch.StartNew();
            var expected = verilated(cycles);
            var seconds = clock.Elapsed.TotalSeconds;
            equal &= expected == compiled(cycles);
            if (seconds > 0.25)
            {
                cycles = (long)(cycles * 0.5 / seconds);
                break;
            }

            cycles *= 4;
        }

        var (compiledTimes, verilatedTimes) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            cancel.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            var expected = verilated(cycles);
            verilatedTimes.Add(clock.Elapsed.TotalSeconds);
            clock.Restart();
            var actual = compiled(cycles);
            compiledTimes.Add(clock.Elapsed.TotalSeconds);
            equal &= expected == actual;
        }

        var (c, v) = (compiledTimes.Min(), verilatedTimes.Min());
        return new RaceResult(name, cycles, cycles / c, cycles / v, v / c, Median(verilatedTimes) / Median(compiledTimes), equal, compiledBuild, verilatorBuild, threads);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
