using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Waves;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Benches;

/// <summary>A window that is run again shows what waves of the whole run would have shown.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("looplynx-history").FullName, "window.vcd");

    public static TheoryData<bool, int, int, int> Windows => new()
    {
        { false, 50, 280, 299 },
        { true, 50, 280, 300 },
        { true, 50, 250, 260 },
        { true, 1_000, 0, 300 },
        { true, 1, 300, 300 },
        { false, 7, 294, 300 },
    };

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_window_is_a_slice_of_the_whole_run(bool compiled, int keep, int first, int last)
    {
        using var engine = new HistoryEngine(Start(compiled, new TwoClocks()), keep);
        var whole = new StringWriter();
        using (var waves = new VcdWriter(engine, whole, new WaveOptions { FirstCycle = first, LastCycle = last }))
        {
            Drive(engine, 300, waves);
        }

        engine.WriteWaves(_path, first, last);
        Assert.Equal(whole.ToString(), File.ReadAllText(_path));
        engine.WriteWaves(_path, first, last, engine: design => new CompiledEngine(design));
        Assert.Equal(whole.ToString(), File.ReadAllText(_path));
        Assert.Equal([_path], Directory.GetFiles(Path.GetDirectoryName(_path)!));
    }

    [Fact]
    public void A_batch_of_cycles_is_kept_too()
    {
        var whole = new StringWriter();
        using (var plain = Start(false, new TwoClocks()))
        using (var waves = new VcdWriter(plain, whole, new WaveOptions { FirstCycle = 950 }))
        {
            plain.Poke("Go", 1);
            for (var cycle = 0; cycle <= 1_000; cycle++)
            {
                waves.Sample();
                plain.Tick();
            }
        }

        using var engine = new HistoryEngine(Start(true, new TwoClocks()), 100);
        engine.Poke("Go", 1);
        engine.Run(1_000);
        engine.WriteWaves(_path, 950, 1_000);
        Assert.Equal(whole.ToString(), File.ReadAllText(_path));
    }

    [Fact]
    public void Old_cycles_are_forgotten_and_said_to_be()
    {
        using var engine = new HistoryEngine(Start(true, new TwoClocks()), 100);
        engine.Run(1_000);
        Assert.InRange(engine.FirstCycle, 800, 900);
        foreach (var (first, last) in new[] { (0, 1_000), (990, 1_001), (1_000, 990) })
        {
            Assert.Equal($"cycles {first} to {last} can't be shown: the history holds {engine.FirstCycle} to 1000; keep more cycles, or ask for these",
                Assert.Throws<SimulationException>(() => engine.WriteWaves(_path, first, last)).Message);
        }

        Assert.Throws<SimulationException>(() => engine.WriteWaves("x.txt", 990, 1_000));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_path)!));
    }

    [Fact]
    public void A_failing_bench_writes_the_cycles_before_its_failure()
    {
        using var engine = new HistoryEngine(Start(true, new TwoClocks()), 100);
        var bench = new Bench(engine) { FailureWaves = _path, FailureCycles = 50 };
        engine.Poke("Go", 1);
        for (var cycle = 0; cycle < 500; cycle++)
        {
            bench.Step();
        }

        var error = Assert.Throws<BenchException>(() => bench.Expect("Count", 1));
        Assert.Contains($"cycle 502, waves of cycles 453 to 502 in {_path}\n", error.Message);
        Assert.Contains("#4530\n", File.ReadAllText(_path));
        Assert.DoesNotContain("#4520\n", File.ReadAllText(_path));
    }

    [Fact]
    public void An_assertion_that_fails_leaves_its_cycle_to_see()
    {
        using var engine = new HistoryEngine(Start(true, new TwoClocks(limit: 40)), 100);
        engine.Poke("Go", 1);
        Assert.Equal(40, Assert.Throws<AssertionFailedException>(() => engine.Run(100)).Cycle);
        engine.WriteWaves(_path, 0, 40);
        Assert.Contains("#400\n", File.ReadAllText(_path));
        engine.Poke("Go", 0);
        Assert.Throws<AssertionFailedException>(engine.Tick);
        engine.ResetAll(1);
        engine.WriteWaves(_path, 0, 41);
    }

    [Fact]
    public void A_restored_engine_has_the_outputs_of_the_snapshot()
    {
        using var engine = new InterpretedEngine(Elaborator.ElaborateUnchecked(new TwoClocks()));
        engine.Poke("Go", 1);
        engine.Run(5);
        var snapshot = engine.Snapshot();
        engine.Run(5);
        engine.Settle();
        engine.Restore(snapshot);
        engine.Settle();
        Assert.Equal(5, engine.Peek("Count"));
    }

    private static IStateEngine Start(bool compiled, Module top)
    {
        var design = Elaborator.ElaborateUnchecked(top);
        return compiled ? new CompiledEngine(design) : new InterpretedEngine(design);
    }

    // Both clocks, one of them, resets, changing and held inputs.
    private static void Drive(HistoryEngine engine, int cycles, VcdWriter waves)
    {
        var random = new Random(1);
        ClockDomain? ticked = null;
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            engine.Poke("Go", random.Next(2));
            if (random.Next(5) == 0)
            {
                engine.Poke("Data", random.Next(256));
                engine.Reset(TwoClocks.Slow, random.Next(8) == 0);
            }

            waves.Sample(ticked is null ? null : [ticked]);
            ticked = random.Next(3) switch { 0 => TwoClocks.Slow, 1 => ClockDomain.Default, _ => null };
            if (ticked is null)
            {
                engine.Tick();
            }
            else
            {
                engine.Tick(ticked);
            }
        }

        waves.Sample(ticked is null ? null : [ticked]);
    }

    private sealed class TwoClocks(int limit = 1 << 20) : Module
    {
        public static readonly ClockDomain Slow = new("slow_clk", "slow_rst");
        public readonly Signal Go = Input(Bit);
        public readonly Signal Data = Input(UInt(8));
        public readonly Signal Count = Output(UInt(16));
        public readonly Signal Sum = Output(UInt(100));

        protected override void Build()
        {
            Register(out var count, UInt(16), reset: 0);
            When(Go, () => count.Drive(count.WrapAdd(1)));
            Assert(count != limit, "the limit is reached");
            Count.Drive(count);
            InDomain(Slow, () =>
            {
                Register(out var sum, UInt(100), reset: 7);
                Memory(out var rows, UInt(8), depth: 4);
                rows.Write(count.Truncate(2), Data);
                sum.Drive(sum.WrapAdd(rows.Read(Data.Truncate(2)).Resize(100)));
                Sum.Drive(sum);
            });
        }
    }
}
