using LoopLynx.Hdl.Coverage;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Coverage;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public static class CoverageExample
{
    public static CoverageReport Report()
    {
        var coverage = CoverageDesign.Of(Elaborator.Elaborate(new MovingSum(window: 4)));
        using var engine = new CoverageEngine(new CompiledEngine(coverage.Design), coverage);
        var bench = new Bench(engine);
        bench.Feed("Samples", Beat.Each([1, 2, 3, 4]));
        bench.Collect("Sums", Beat.Each([1, 3, 6, 10]));
        bench.RunToEnd();
        var report = CoverageReport.Of(engine.Collect());
        return report;
    }

    private static readonly CoverageCollector Collected = new();

    public static void RunTests(string path)
    {
        Parallel.For(0, 4, seed =>
        {
            var coverage = CoverageDesign.Of(Elaborator.Elaborate(new MovingSum(window: 4)));
            using var engine = new CoverageEngine(new InterpretedEngine(coverage.Design), coverage);
            var bench = new Bench(engine, seed);
            bench.Feed("Samples", Beat.Each([seed, -seed]), stallPercent: 30);
            bench.Collect("Sums", Beat.Each([seed, 0]));
            bench.RunToEnd();
            Collected.Add(engine);
        });
        CoverageFile.Save(path, Collected.Total);
    }
}
