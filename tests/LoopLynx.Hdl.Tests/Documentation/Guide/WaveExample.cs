using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Waves;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public static class WaveExample
{
    public static void WriteFile(string path)
    {
        var compiled = new CompiledEngine(Elaborator.Elaborate(new MovingSum(window: 4)));
        using var engine = new WaveEngine(compiled, WaveWriter.Create(compiled, path));
        var bench = new Bench(engine);
        bench.Feed("Samples", Beat.Each([1, 2, 3, 4]));
        bench.Collect("Sums", Beat.Each([1, 3, 6, 10]), stallPercent: 50);
        bench.RunToEnd();
    }

    public static void WriteWindow(string path)
    {
        var options = new WaveOptions { FirstCycle = 1000, LastCycle = 1100, Include = net => net.StartsWith("stage", StringComparison.Ordinal) };
        var compiled = new CompiledEngine(Elaborator.Elaborate(new MovingSum(window: 4)));
        using var engine = new WaveEngine(compiled, new VcdWriter(compiled, path, options));
        engine.Run(2000);
    }

    public static void WriteLastCycles(string path)
    {
        using var engine = new HistoryEngine(new CompiledEngine(Elaborator.Elaborate(new MovingSum(window: 4))), keepCycles: 500);
        var bench = new Bench(engine) { FailureWaves = path, FailureCycles = 200 };
        bench.Feed("Samples", Beat.Each([1, 2, 3, 4]));
        bench.Collect("Sums", Beat.Each([1, 3, 6, 10]));
        bench.RunToEnd();
        engine.WriteWaves(path, first: 2, last: engine.Cycle);
    }

    public static string Print()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Volume(max: 3));
        var wave = new WaveText(engine, cycles: 8);
        engine.ResetAll();
        engine.Poke("Up", 1);
        for (var cycle = 0; cycle < 6; cycle++)
        {
            engine.Poke("Down", cycle == 4 ? 1 : 0);
            engine.Settle();
            wave.Record();
            engine.Tick();
        }

        return wave.Render();
    }
}
