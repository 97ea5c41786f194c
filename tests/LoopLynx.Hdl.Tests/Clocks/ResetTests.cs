using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tiered;
using LoopLynx.Testing;
using LoopLynx.Verilator;

namespace LoopLynx.Hdl.Tests.Clocks;

/// <summary>An asynchronous reset needs no edge, on every engine; a synchronous one does; either may be active low.</summary>
public class ResetTests
{
    private static readonly ClockDomain At = new("at_clk", "at_rst") { AsynchronousReset = true };
    private static readonly ClockDomain Low = new("low_clk", "low_rst_n") { AsynchronousReset = true, ActiveLowReset = true };
    private static readonly ClockDomain Soft = new("at_clk", "soft_rst");
    private static readonly Design Top = Elaborator.Elaborate(new Counters());

    public static TheoryData<string> Engines => [.. TestEngines.Kinds.Select(k => $"{k}"), "Tiered", .. TestEngines.Kinds.Contains(EngineKind.Verilator) ? (string[])["Lockstep"] : []];

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_asynchronous_reset_is_seen_by_the_next_settle(string name)
    {
        using var engine = Create(name);
        engine.Run(3);
        Expect(engine, at: 10, low: 203, soft: 33, free: 3);
        engine.Reset(At, true);
        Expect(engine, at: 7, low: 203, soft: 33, free: 3);
        engine.Reset(Low, true);
        engine.Reset(Soft, true);
        Expect(engine, at: 7, low: 200, soft: 33, free: 3);
        engine.Run(2);
        Expect(engine, at: 7, low: 200, soft: 30, free: 5);
        engine.Reset(At, false);
        engine.Reset(Soft, false);
        Expect(engine, at: 7, low: 200, soft: 30, free: 5);
        engine.Tick(At);
        Expect(engine, at: 8, low: 200, soft: 31, free: 6);
        engine.Reset(Low, false);
        engine.Tick(Low);
        Expect(engine, at: 8, low: 201, soft: 31, free: 6);
        if (engine is LockstepEngine both)
        {
            Assert.Null(both.FirstMismatch);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_pulse_without_a_settle_resets_too(string name)
    {
        using var engine = Create(name);
        engine.Run(3);
        engine.Reset(At, true);
        engine.Reset(At, false);
        engine.Tick(Low);
        Expect(engine, at: 7, low: 204, soft: 33, free: 3);
    }

    [Fact]
    public void A_snapshot_keeps_the_reset()
    {
        using var first = new InterpretedEngine(Top);
        using var second = new CompiledEngine(Top);
        first.Run(3);
        first.Reset(At, true);
        second.Restore(first.Snapshot());
        Expect(second, at: 7, low: 203, soft: 33, free: 3);
        second.Run(1);
        Expect(second, at: 7, low: 204, soft: 34, free: 4);
        second.Reset(At, false);
        second.Run(1);
        Expect(second, at: 8, low: 205, soft: 35, free: 5);
    }

    [Theory, EveryEngine]
    public void A_reset_synchroniser_asserts_at_once_and_releases_after_its_stages(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new ResetSynchroniser(At, stages: 3));
        engine.Run(5);
        Assert.Equal(0, Reset());
        engine.Reset(At, true);
        Assert.Equal(1, Reset());
        engine.Tick();
        Assert.Equal(1, Reset());
        engine.Reset(At, false);
        engine.Run(2);
        Assert.Equal(1, Reset());
        engine.Tick();
        Assert.Equal(0, Reset());

        BigInteger Reset()
        {
            engine.Settle();
            return engine.Peek("Reset");
        }
    }

    [Theory, EveryEngine]
    public void A_library_FIFO_follows_the_domain_around_it(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Buffered());
        Assert.Equal([At], engine.Design.Top.Domains);
        var beats = Beat.Each(Enumerable.Range(0, 40).Select(i => (BigInteger)i));
        var bench = new Bench(engine);
        bench.Feed("Words", beats, 30);
        bench.Collect("Squares", Beat.Each(beats.Select(b => b.Value * b.Value)), 30);
        bench.RunToEnd();
    }

    private static IEngine Create(string name) => name switch
    {
        "Tiered" => new TieredEngine(Top),
        "Lockstep" => new LockstepEngine(new InterpretedEngine(Top), new VerilatorEngine(Top)),
        _ => TestEngines.Create(Enum.Parse<EngineKind>(name), Top),
    };

    private static void Expect(IEngine engine, int at, int low, int soft, int free)
    {
        engine.Settle();
        Assert.Equal((at, low, soft, free), ((int)engine.Peek("AtCount"), (int)engine.Peek("LowCount"), (int)engine.Peek("SoftCount"), (int)engine.Peek("Free")));
    }

    private sealed class Counters : Module
    {
        public readonly Signal AtCount = Output(UInt(8));
        public readonly Signal LowCount = Output(UInt(8));
        public readonly Signal SoftCount = Output(UInt(8));
        public readonly Signal Free = Output(UInt(8));

        protected override void Build()
        {
            InDomain(At, () =>
            {
                Count(AtCount, 7);
                Register(out var free, UInt(8));
                free.Drive(free.WrapAdd(1));
                Free.Drive(free);
            });
            InDomain(Low, () => Count(LowCount, 200));
            InDomain(Soft, () => Count(SoftCount, 30));
        }

        private static void Count(Signal y, int reset)
        {
            Register(out var count, UInt(8), reset);
            count.Drive(count.WrapAdd(1));
            y.Drive(count);
        }
    }

    private sealed class Buffered : Module
    {
        public readonly StreamIn<Signal> Words = In(UInt(6));
        public readonly StreamOut<Signal> Squares = Out(UInt(12));

        protected override void Build() => InDomain(At, () => Squares.Drive(Words.Fifo(3).Pipeline(1, w => (w * w).Registered())));
    }
}
