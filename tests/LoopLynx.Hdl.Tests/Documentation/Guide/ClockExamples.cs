using System.Numerics;
using LoopLynx.Gen.Board;
using LoopLynx.Sim;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Waves;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>The C# of docs/guide/10-clocks.md.</summary>
internal static class ClockExamples
{
    private static readonly List<Beat> samples = Beat.Each(Enumerable.Range(0, 64).Select(i => (BigInteger)i));
    private static readonly List<Beat> sums = Beat.Each(samples.Chunk(4).Select(four => four.Aggregate(BigInteger.Zero, (sum, beat) => sum + beat.Value)));

    /// <summary>Runs the meter on an engine.</summary>
    public static long Simulate(IEngine engine)
    {
        var schedule = new ClockSchedule(new(Meter.Core, Period: 4_000), new(Meter.Link, Period: 6_250, Phase: 100));
        var bench = new Bench(engine, schedule: schedule);
        bench.Feed("Samples", samples, stallPercent: 20);
        bench.Collect("Sums", sums, stallPercent: 50);
        bench.RunToEnd();
        return schedule.Time;
    }

    /// <summary>Runs it with metastable synchronisers.</summary>
    public static long Disturb()
    {
        using var engine = new MetastableEngine(new CompiledEngine(Elaborator.Elaborate(new Meter())), seed: 1);
        Simulate(engine);
        return engine.Upsets;
    }

    /// <summary>Runs it by time and writes waves.</summary>
    public static void WriteWaves(string path)
    {
        var schedule = new ClockSchedule(new(Meter.Core, Period: 4_000), new(Meter.Link, Period: 6_250));
        var inner = new InterpretedEngine(Elaborator.Elaborate(new Meter()));
        var waves = new VcdWriter(inner, path, new WaveOptions { Schedule = schedule });
        using var engine = new ScheduledEngine(new WaveEngine(inner, waves), schedule);
        engine.Poke("Enable", 1);
        engine.RunTo(40_000);
    }

    /// <summary>The constraints.</summary>
    public static string Constraints() => CrossingWriter.Write(
        Elaborator.Elaborate(new Meter()),
        new Dictionary<string, decimal> { ["core_clk"] = 4m, ["link_clk"] = 6.25m });
}
