using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Interpreted;

/// <summary>Registers, resets, clock domains and the engine's cycle.</summary>
public class RegisterTests
{
    private sealed class Counters : Module
    {
        public readonly Signal Step = Input(UInt(4));
        public readonly Signal WithReset = Output(UInt(8));
        public readonly Signal WithoutReset = Output(UInt(8));
        public readonly Signal Previous = Output(UInt(8));

        protected override void Build()
        {
            Register(out var a, UInt(8), 200);
            Register(out var b, UInt(8));
            a.Drive(a.WrapAdd(Step));
            b.Drive(b.WrapAdd(Step));
            WithReset.Drive(a);
            WithoutReset.Drive(b);
            Previous.Drive(a.Registered(name: "last"));
        }
    }

    private sealed class TwoClocks : Module
    {
        public static readonly ClockDomain Slow = new("slow", "slow_rst");

        public readonly Signal Fast = Output(UInt(8));
        public readonly Signal Late = Output(UInt(8));

        protected override void Build()
        {
            Register(out var fast, UInt(8), 0);
            fast.Drive(fast.WrapAdd(1));
            Fast.Drive(fast);
            InDomain(Slow, () =>
            {
                Register(out var late, UInt(8), 0);
                late.Drive(fast);
                Late.Drive(late);
            });
        }
    }

    [Fact]
    public void Registers_start_with_their_initial_values_without_a_reset()
    {
        using var engine = Start(new Counters());
        engine.Settle();
        Assert.Equal(200, engine.Peek("WithReset"));
        Assert.Equal(0, engine.Peek("WithoutReset"));
    }

    [Fact]
    public void Registers_take_the_values_before_the_edge_and_wrap()
    {
        using var engine = Start(new Counters());
        engine.Poke("Step", 15);
        engine.Run(4);
        engine.Settle();
        Assert.Equal(4, engine.Peek("WithReset"));
        Assert.Equal(245, engine.Peek("Previous"));
        Assert.Equal(60, engine.Peek("WithoutReset"));
        Assert.Equal(4, engine.Cycle);
    }

    [Fact]
    public void Reset_loads_only_registers_that_have_one()
    {
        using var engine = Start(new Counters());
        engine.Poke("Step", 1);
        engine.Run(10);
        engine.ResetAll(1);
        engine.Settle();
        Assert.Equal(200, engine.Peek("WithReset"));
        Assert.Equal(11, engine.Peek("WithoutReset"));
    }

    [Fact]
    public void A_domain_ticks_alone()
    {
        using var engine = Start(new TwoClocks());
        engine.Tick(ClockDomain.Default);
        engine.Tick(ClockDomain.Default);
        engine.Settle();
        Assert.Equal((2, 0), ((int)engine.Peek("Fast"), (int)engine.Peek("Late")));
        engine.Tick(TwoClocks.Slow);
        engine.Settle();
        Assert.Equal((2, 2), ((int)engine.Peek("Fast"), (int)engine.Peek("Late")));
        engine.Tick();
        engine.Settle();
        Assert.Equal((3, 2), ((int)engine.Peek("Fast"), (int)engine.Peek("Late")));
    }

    [Fact]
    public void A_span_kept_over_a_settle_is_seen()
    {
        using var engine = Start(new Counters());
        var step = engine.Input(engine.Design.Top.Port("Step"));
        step[0] = 1;
        engine.Settle();
        step[0] = 5;
        engine.Tick();
        engine.Settle();
        Assert.Equal(205, engine.Peek("WithReset"));
    }

    [Fact]
    public void A_value_out_of_range_is_refused()
    {
        using var engine = Start(new Counters());
        Assert.Contains("out of the range", Assert.Throws<SimulationException>(() => engine.Poke("Step", 16)).Message);
    }

    [Fact]
    public void A_foreign_clock_domain_is_refused()
    {
        using var engine = Start(new Counters());
        Assert.Equal("'Counters' has no clock domain 'slow'", Assert.Throws<SimulationException>(() => engine.Tick(TwoClocks.Slow)).Message);
    }

    [Fact]
    public void An_output_is_not_an_input()
    {
        using var engine = Start(new Counters());
        var port = engine.Design.Top.Port("WithReset");
        Assert.Equal("'Counters' has no input port 'WithReset'", Assert.Throws<SimulationException>(() => { engine.Input(port); }).Message);
    }

    private static InterpretedEngine Start(Module module) => new(Elaborator.ElaborateUnchecked(module));
}
