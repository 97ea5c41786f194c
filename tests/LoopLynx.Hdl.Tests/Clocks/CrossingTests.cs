using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tiered;
using LoopLynx.Testing;
using LoopLynx.Verilator;

namespace LoopLynx.Hdl.Tests.Clocks;

/// <summary>Every part for clock crossings between clocks of any ratio: beats come out complete, in order and unchanged, whatever stalls, also where synchronisers are metastable.</summary>
public class CrossingTests
{
    private const int Beats = 60;

    private static readonly Design Top = Elaborator.Elaborate(new CrossingModule());

    /// <summary>Period of one clock, of the other, and the other's phase, in ps.</summary>
    private static readonly (long From, long To, long Phase)[] Ratios =
        [(1000, 1000, 0), (1000, 1000, 1), (1000, 1000, 999), (3000, 7000, 0), (7000, 3000, 500), (1000, 10_000, 0), (10_000, 1000, 0), (9973, 10_007, 0), (10_007, 9973, 1234), (4001, 1009, 7)];

    private static readonly (int Source, int Sink)[] Stalls = [(0, 0), (40, 0), (0, 60), (50, 50)];

    public static TheoryData<string> Engines => [.. TestEngines.Kinds.Select(k => $"{k}"), "Tiered", .. TestEngines.Kinds.Contains(EngineKind.Verilator) ? (string[])["Lockstep"] : []];

    [Theory]
    [MemberData(nameof(Engines))]
    public void Streams_cross_between_clocks_of_any_ratio(string name)
    {
        using var engine = Create(name);
        Cross(engine);
        if (engine is LockstepEngine both)
        {
            Assert.Null(both.FirstMismatch);
            Assert.True(both.CyclesCompared > 10_000);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Streams_cross_where_synchronisers_are_metastable(bool compiled)
    {
        using var engine = new MetastableEngine(compiled ? new CompiledEngine(Top) : new InterpretedEngine(Top), seed: 1);
        Cross(engine);
        Assert.True(engine.Upsets > 1000, $"{engine.Upsets}");
    }

    [Theory, EveryEngine]
    public void Every_pulse_arrives_once(EngineKind kind)
    {
        foreach (var (from, to, phase) in Ratios)
        {
            using var engine = TestEngines.Create(kind, Top);
            using var clocked = new ScheduledEngine(engine, Schedule(from, to, phase));
            Start(clocked);
            var random = new Random(7);
            var gap = (int)(4 * to / from) + 4;
            for (var i = 0; i < 20; i++)
            {
                clocked.Poke("Pulse", 1);
                clocked.Tick(CrossingModule.From);
                clocked.Poke("Pulse", 0);
                for (var k = gap + random.Next(3); k > 0; k--)
                {
                    clocked.Tick(CrossingModule.From);
                }

                clocked.Settle();
                Assert.Equal(i + 1, clocked.Peek("Pulses"));
            }
        }
    }

    [Theory, EveryEngine]
    public void A_level_arrives_after_the_stages(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, Top);
        using var clocked = new ScheduledEngine(engine, Schedule(1000, 3000, 500));
        Start(clocked);
        clocked.Poke("Level", 1);
        clocked.Tick(CrossingModule.From);
        clocked.Tick(CrossingModule.To);
        clocked.Settle();
        Assert.Equal(0, clocked.Peek("LevelThere"));
        clocked.Tick(CrossingModule.To);
        clocked.Settle();
        Assert.Equal(1, clocked.Peek("LevelThere"));
    }

    [Fact]
    public void A_deep_FIFO_moves_a_beat_a_cycle_and_a_handshake_one_in_five()
    {
        using var engine = new InterpretedEngine(Top);
        var bench = new Bench(engine, schedule: Schedule(1000, 1000, 400));
        bench.Feed("FifoIn", Words(200));
        bench.Collect("FifoOut", Words(200));
        // Two moments a cycle.
        Assert.InRange(bench.RunToEnd() / 2, 200, 206);
        bench = new Bench(engine, schedule: Schedule(1000, 1000, 400));
        var pairs = Pairs(new Random(1));
        bench.Feed("HandIn", pairs);
        bench.Collect("HandOut", pairs);
        Assert.InRange(bench.RunToEnd() / 2, (5 * Beats) - 4, (5 * Beats) + 8);
    }

    private static void Cross(IEngine engine)
    {
        foreach (var (from, to, phase) in Ratios)
        {
            foreach (var ((source, sink), seed) in Stalls.Select((s, i) => (s, i)))
            {
                var random = new Random(seed);
                var bench = new Bench(engine, seed + 1, schedule: Schedule(from, to, phase));
                foreach (var name in new[] { "Fifo", "Block" })
                {
                    bench.Feed($"{name}In", Words(Beats), source);
                    bench.Collect($"{name}Out", Words(Beats), sink);
                }

                foreach (var name in new[] { "Shallow", "Hand" })
                {
                    var pairs = Pairs(random);
                    bench.Feed($"{name}In", pairs, source);
                    bench.Collect($"{name}Out", pairs, sink);
                }

                bench.RunToEnd();
            }
        }
    }

    private static IEngine Create(string name) => name switch
    {
        "Tiered" => new TieredEngine(Top),
        "Lockstep" => new LockstepEngine(new InterpretedEngine(Top), new VerilatorEngine(Top)),
        _ => TestEngines.Create(Enum.Parse<EngineKind>(name), Top),
    };

    private static ClockSchedule Schedule(long from, long to, long phase) => new(new(CrossingModule.From, from), new(CrossingModule.To, to, phase));

    private static void Start(IEngine engine)
    {
        engine.ResetAll();
        engine.Poke("Level", 0);
        engine.Poke("Pulse", 0);
    }

    private static List<Beat> Words(int count) => Beat.Each(Enumerable.Range(0, count).Select(i => (BigInteger)((i * 40_503) & 0xffff)));

    private static List<Beat> Pairs(Random random) => [.. Enumerable.Range(0, Beats).Select(_ => new Beat([[random.Next(256)], [.. Enumerable.Range(0, 3).Select(_ => (BigInteger)random.Next(-8, 8))]]))];
}
