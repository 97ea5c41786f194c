using LoopLynx.Hdl.Coverage;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Coverage;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Coverage;

/// <summary>Which points there are, and that each is hit by exactly what exercises it, on every engine.</summary>
public class CoveragePointTests
{
    [Theory, EveryEngine]
    public void An_idle_run_hits_only_what_always_happens(EngineKind kind) => Assert.Equal("""
        enable port: toggle Enable falling
        enable port: toggle Enable rising
        data port: toggle Data[3:0] falling
        data port: toggle Data[3:0] rising
        level port: toggle Level[3:0] falling
        level port: toggle Level[3:0] rising
        rows port: toggle Rows[3:0] falling
        rows port: toggle Rows[3:0] rising
        step: toggle step[1:0] falling
        step: toggle step[1:0] rising
        step: state step.Drain
        step: state step.Fill
        step: transition step.Drain -> Idle
        step: transition step.Fill -> Drain
        step: transition step.Idle -> Fill
        level: toggle level[3:0] falling
        level: toggle level[3:0] rising
        switch: arm case Drain
        switch: arm case Fill
        idle: arm true
        to fill: line
        fill: line
        empty: line
        empty: arm false
        empty: arm true
        to drain: line
        log: line
        odd: line
        odd: arm mux true
        drain: line
        cover: cover three < four
        rows: arm mux false

        """, Gaps(kind, new Tank(4), (0, 0), (0, 0)));

    [Theory, EveryEngine]
    public void A_visit_of_every_state_leaves_bits_that_never_changed(EngineKind kind) => Assert.Equal("""
        data port: toggle Data[3:2] falling
        data port: toggle Data[3:2] rising
        level port: toggle Level[3:2] falling
        level port: toggle Level[3:2] rising
        rows port: toggle Rows[2:1] falling
        rows port: toggle Rows[2:1] rising
        level: toggle level[3:2] falling
        level: toggle level[3:2] rising

        """, Gaps(kind, new Tank(4), (1, 0), (0, 3), (0, 0), (0, 0), (0, 0)));

    [Theory, EveryEngine]
    public void A_bit_of_100_lanes_is_hit_in_any_lane(EngineKind kind) => Assert.Equal("""
        rows port: toggle Rows[2:1] falling
        rows port: toggle Rows[2:1] rising

        """, Gaps(kind, new Tank(4), (1, 0), (0, 3), (0, 12), (1, 15), (0, 0), (0, 0), (0, 0), (0, 0)));

    [Fact]
    public void A_condition_that_is_never_true_is_a_gap()
    {
        (int, int)[] run = [(1, 0), (1, 3), (1, 12), (1, 15), (1, 0), (0, 0), (1, 1)];
        Assert.DoesNotContain("to drain: line", Gaps(EngineKind.Compiled, new Tank(4), run));
        Assert.Equal("""
            step: toggle step[1:0] falling
            step: toggle step[1] rising
            step: state step.Drain
            step: transition step.Drain -> Idle
            step: transition step.Fill -> Drain
            switch: arm case Drain
            idle: arm false
            empty: arm true
            to drain: line
            log: line
            drain: line

            """, string.Concat(Gaps(EngineKind.Compiled, new Tank(4, broken: true), run).Split('\n').Where(line => !line.Contains("evel", StringComparison.Ordinal) && !line.StartsWith("rows", StringComparison.Ordinal)).Select(line => line.Length == 0 ? "" : $"{line}\n")));
    }

    [Fact]
    public void What_a_constant_excludes_is_no_point()
    {
        var points = CoverageDesign.Of(Elaborator.Elaborate(new Constants())).Definitions[0].Items;
        Assert.DoesNotContain(points, p => p.Name is "false" or "default" or "mux true" or "mux false" || p.Name.StartsWith("Zero", StringComparison.Ordinal));
        Assert.Equal(["true", "case 0", "case 1"], points.Where(p => p.Kind == CoverageKind.Arm).Select(p => p.Name));
    }

    [Theory, EveryEngine]
    public void Only_edges_outside_reset_count_and_a_reset_forgets_nothing(EngineKind kind)
    {
        using var engine = CoverageRun.Start(kind, new Tank(4));
        engine.Poke("Enable", 1);
        engine.ResetAll();
        Assert.Contains("to fill: line", CoverageRun.Gaps(CoverageReport.Of(engine.Collect())));
        engine.Tick();
        engine.ResetAll();
        Assert.DoesNotContain("to fill: line", CoverageRun.Gaps(CoverageReport.Of(engine.Collect())));
    }

    [Theory, EveryEngine]
    public void A_design_without_a_clock_gets_one(EngineKind kind)
    {
        using var engine = CoverageRun.Start(kind, new Chooser());
        engine.Poke("A", 1);
        engine.Settle();
        Assert.Equal(3, engine.Peek("Y"));
        engine.Run(2);
        Assert.Equal(["Chooser.A falling", "Chooser.A rising", "Chooser.Y falling", "Chooser.Y rising", "Chooser.mux false"], Missed(engine));
        engine.Poke("A", 0);
        engine.Run(2);
        Assert.Equal(["Chooser.A rising", "Chooser.Y falling", "Chooser.Y rising"], Missed(engine));

        static IEnumerable<string> Missed(CoverageEngine engine) =>
            CoverageReport.Of(engine.Collect()).Points.Where(p => p.IsMissed && p.Bit == 0).Select(p => $"{p.Class}.{(p.Kind == CoverageKind.Arm ? "mux false" : p.Name)}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Two_clocks_count_their_own_edges()
    {
        using var engine = CoverageRun.Start(EngineKind.Compiled, new TwoClocks());
        engine.ResetAll();
        engine.Poke("Go", 1);
        engine.Poke("SlowGo", 1);
        engine.Tick(ClockDomain.Default);
        var slow = CoverageReport.Of(engine.Collect()).Points.Where(p => p is { Kind: CoverageKind.Arm, Name: "true" }).Select(p => p.IsHit).ToArray();
        Assert.Equal([true, false], slow);
        engine.Tick(TwoClocks.Slow);
        Assert.All(CoverageReport.Of(engine.Collect()).Points.Where(p => p is { Kind: CoverageKind.Arm, Name: "true" }), p => Assert.True(p.IsHit));
    }

    private static string Gaps(EngineKind kind, Module top, params (int Enable, int Data)[] cycles) => CoverageRun.Gaps(CoverageReport.Of(CoverageRun.Of(kind, top, cycles)));

    private sealed class Constants : Module
    {
        public readonly Signal A = Input(Bit);
        public readonly Signal Zero = Output(UInt(2));
        public readonly Signal Y = Output(UInt(2));

        protected override void Build()
        {
            Zero.Drive(0);
            Y.Drive(Mux(Const(Bit, 1), Const(UInt(2), 1), Const(UInt(2), 2)));
            When(Const(Bit, 1), () => Y.Drive(1));
            Switch(A, s =>
            {
                s.Case(0, () => Y.Drive(2));
                s.Case(1, () => Y.Drive(3));
            });
        }
    }

    private sealed class Chooser : Module
    {
        public readonly Signal A = Input(Bit);
        public readonly Signal Y = Output(UInt(2));

        protected override void Build() => Y.Drive(Mux(A, Const(UInt(2), 3), Const(UInt(2), 1)));
    }

    private sealed class TwoClocks : Module
    {
        public static readonly ClockDomain Slow = new("slow_clk", "slow_rst");
        public readonly Signal Go = Input(Bit);
        public readonly Signal SlowGo = Input(Bit);
        public readonly Signal A = Output(Bit);
        public readonly Signal B = Output(Bit);

        protected override void Build()
        {
            Register(out var a, Bit, reset: 0);
            When(Go, () => a.Drive(1));
            A.Drive(a);
            InDomain(Slow, () =>
            {
                Register(out var b, Bit, reset: 0);
                When(SlowGo, () => b.Drive(1));
                B.Drive(b);
            });
        }
    }
}
