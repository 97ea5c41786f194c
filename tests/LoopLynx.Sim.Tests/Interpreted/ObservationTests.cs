using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Interpreted;

/// <summary>Assertions, and looking at inner nets.</summary>
public class ObservationTests
{
    private sealed class Accumulator : Module
    {
        public readonly Signal Value = Input(SInt(8) * 2);
        public readonly Signal Total = Output(SInt(12) * 2);

        protected override void Build()
        {
            Let(out var doubled, (Value << 1).Truncate(9));
            Register(out var total, SInt(12) * 2, 0);
            total.Drive((total + doubled).Truncate(12));
            Total.Drive(total);
        }
    }

    private sealed class Guarded : Module
    {
        public readonly Signal Value = Input(SInt(8) * 2);
        public readonly Signal Total = Output(SInt(12) * 2);

        protected override void Build()
        {
            Instance(out var inner, new Accumulator());
            inner.Value.Drive(Value);
            Total.Drive(inner.Total);
            Hardware.Assert((inner.Total < 100).AllLanes(), "the total is below 100");
            Assume((Value >= -50).AllLanes(), "values are -50 or more");
            Cover((Value == 0).AnyLane(), "a zero");
        }
    }

    [Fact]
    public void A_false_assertion_ends_the_run_before_the_edge()
    {
        using var engine = Start();
        engine.Poke("Value", 20);
        var error = Assert.Throws<AssertionFailedException>(() => engine.Run(100));
        Assert.Equal("the total is below 100", error.Message.Split(": ")[1]);
        Assert.Equal(3, error.Cycle);
        Assert.Equal(3, engine.Cycle);
        Assert.Equal(120, engine.Peek("Total"));
    }

    [Fact]
    public void An_assumption_is_checked_like_an_assertion()
    {
        using var engine = Start();
        engine.PokeLanes("Value", [0, -51]);
        Assert.Contains("-50 or more", Assert.Throws<AssertionFailedException>(engine.Tick).Message);
    }

    [Fact]
    public void Nothing_is_checked_in_reset()
    {
        using var engine = Start();
        engine.PokeLanes("Value", [0, -51]);
        engine.Reset(ClockDomain.Default, true);
        engine.Run(5);
        Assert.Equal(5, engine.Cycle);
    }

    [Fact]
    public void Inner_nets_are_seen_by_path_without_a_settle()
    {
        using var engine = Start();
        engine.PokeLanes("Value", [3, -3]);
        engine.Tick();
        engine.PokeLanes("Value", [1, -1]);
        Assert.Equal<BigInteger>([6, -6], engine.PeekNet("inner.total"));
        Assert.Equal<BigInteger>([2, -2], engine.PeekNet("inner.doubled"));
        Assert.Equal<BigInteger>([1, -1], engine.PeekNet("Value"));
        Assert.Equal<BigInteger>([6, -6], engine.PeekNet("Total"));
    }

    [Fact]
    public void An_unknown_path_names_similar_ones()
    {
        using var engine = Start();
        Assert.Equal("'Guarded' has no net 'outer.total'; similar: Total, inner.Total, inner.total",
            Assert.Throws<SimulationException>(() => engine.PeekNet("outer.total")).Message);
    }

    [Fact]
    public void A_snapshot_of_the_state_is_a_point_to_return_to()
    {
        using var engine = Start();
        engine.Poke("Value", 5);
        engine.Run(2);
        var snapshot = engine.State.ToArray();
        engine.Run(3);
        engine.Write(0, snapshot);
        engine.Settle();
        Assert.Equal(20, engine.Peek("Total"));
    }

    private static InterpretedEngine Start() => new(Elaborator.Elaborate(new Guarded()));
}
