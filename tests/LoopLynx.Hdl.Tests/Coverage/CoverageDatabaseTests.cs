using LoopLynx.Hdl.Coverage;
using LoopLynx.Sim;
using LoopLynx.Sim.Coverage;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Coverage;

/// <summary>Merging, the file, waivers.</summary>
public class CoverageDatabaseTests
{
    private static readonly CoverageDatabase Idle = Run(new Tank(4), (0, 0));
    private static readonly CoverageDatabase Filled = Run(new Tank(4), (1, 0), (0, 3));
    private static readonly CoverageDatabase Drained = Run(new Tank(4), (1, 0), (0, 0), (0, 0));

    [Fact]
    public void Merged_is_the_union_in_any_order()
    {
        var merged = CoverageDatabase.Merge(Filled, Drained, Idle);
        Assert.Equal(merged.ToString(), CoverageDatabase.Merge(Idle, Drained, Filled, Drained).ToString());
        var points = CoverageReport.Of(merged).Points;
        Assert.NotEqual(Hits(Filled), Hits(Drained));
        Assert.Equal(Hits(Idle).Zip(Hits(Filled), Hits(Drained)).Select(h => h.First | h.Second | h.Third), points.Select(p => p.IsHit));
    }

    [Fact]
    public void Equal_runs_are_equal_files()
    {
        var again = CoverageRun.Of(EngineKind.Compiled, new Tank(4), (1, 0), (0, 3));
        Assert.Equal(Filled.ToString(), again.ToString());
        Assert.DoesNotContain(Path.GetTempPath(), again.ToString());
        Assert.Contains("\"file\":\"tests/LoopLynx.Hdl.Tests/Coverage/Tank.cs\"", again.ToString());
    }

    [Fact]
    public void A_file_reads_back()
    {
        var path = Path.GetTempFileName();
        CoverageFile.Save(path, Filled);
        Assert.Equal(Filled.ToString(), CoverageFile.Load(path).ToString());
        File.WriteAllText(path, Filled.ToString().Replace("\"bits\":4", "\"bits\":1", StringComparison.Ordinal));
        Assert.Equal($"'{path}' is not a coverage file of this version: write it again with 'looplynx coverage'", Assert.Throws<SimulationException>(() => CoverageFile.Load(path)).Message);
        File.WriteAllText(path, "[]");
        Assert.Throws<SimulationException>(() => CoverageFile.Load(path));
        File.Delete(path);
        Assert.StartsWith($"can't read the coverage file '{path}'", Assert.Throws<SimulationException>(() => CoverageFile.Load(path)).Message);
    }

    [Fact]
    public void Parameterisations_stand_side_by_side_and_count_as_one_class()
    {
        var both = CoverageDatabase.Merge(Run(new Tank(4), (0, 0)), Run(new Tank(6), (1, 0), (0, 3)));
        Assert.Equal(2, both.Definitions.Count);
        var report = CoverageReport.Of(both);
        Assert.Equal("Tank", Assert.Single(report.Classes));
        Assert.Equal(CoverageReport.Of(Filled).Count(CoverageKind.Line), report.Count(CoverageKind.Line));
        Assert.Equal(6, report.Points.Count(p => p.Name == "level rising"));
    }

    [Fact]
    public void A_changed_source_is_refused()
    {
        var file = Idle.Sources.Keys.Single(f => f.EndsWith("Tank.cs", StringComparison.Ordinal));
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Idle.ToString().Replace(Idle.Sources[file], "0123456789abcdef", StringComparison.Ordinal));
        var changed = CoverageFile.Load(path);
        File.Delete(path);
        Assert.Equal($"can't merge coverage: '{file}' has changed between the runs, so their hits are of different designs; run all of them again",
            Assert.Throws<SimulationException>(() => CoverageDatabase.Merge(Filled, changed)).Message);
    }

    [Fact]
    public void Instances_merge_and_can_be_seen_alone()
    {
        using var engine = CoverageRun.Start(EngineKind.Interpreted, new TwoTanks());
        var bench = new Bench(engine);
        engine.Poke("Enable", 1);
        bench.Step();
        Assert.Contains(CoverageReport.Of(engine.Collect("first")).Points, p => p is { Name: "step.Fill", IsMissed: true });
        bench.Step();
        Assert.Contains(CoverageReport.Of(engine.Collect("first")).Points, p => p is { Name: "step.Fill", IsHit: true });
        Assert.Contains(CoverageReport.Of(engine.Collect("second")).Points, p => p is { Name: "step.Fill", IsMissed: true });
        Assert.Contains(CoverageReport.Of(engine.Collect()).Points, p => p is { Name: "step.Fill", IsHit: true });
        Assert.Equal("'TwoTanks' has no instance 'third'", Assert.Throws<SimulationException>(() => engine.Collect("third")).Message);
    }

    [Fact]
    public void Tests_that_run_at_once_fill_one_collector()
    {
        var collector = new CoverageCollector();
        Parallel.ForEach(Enumerable.Range(0, 8), i => collector.Add(i % 2 == 0 ? Filled : Drained));
        Assert.Equal(CoverageDatabase.Merge(Filled, Drained).ToString(), collector.Total.ToString());
    }

    [Fact]
    public void An_engine_of_another_design_is_refused()
    {
        var coverage = CoverageDesign.Of(Elaborator.Elaborate(new Tank(4)));
        using var plain = TestEngines.Create(EngineKind.Interpreted, coverage.Original);
        Assert.Equal("the engine runs 'Tank' without coverage: start it with CoverageDesign.Of(design).Design", Assert.Throws<SimulationException>(() => new CoverageEngine(plain, coverage)).Message);
    }

    private static CoverageDatabase Run(Module top, params (int, int)[] cycles) => CoverageRun.Of(EngineKind.Interpreted, top, cycles);

    private static IEnumerable<bool> Hits(CoverageDatabase database) => CoverageReport.Of(database).Points.Select(p => p.IsHit);

    private sealed class TwoTanks : Module
    {
        public readonly Signal Enable = Input(Bit);
        public readonly Signal Level = Output(UInt(4));

        protected override void Build()
        {
            Instance(out Tank first, new Tank(4));
            Instance(out Tank second, new Tank(4));
            first.Enable.Drive(Enable);
            second.Enable.Drive(0);
            first.Data.Drive(1);
            second.Data.Drive(1);
            Level.Drive(first.Level | second.Level | first.Rows.Lane(0) | second.Rows.Lane(0));
        }
    }
}
