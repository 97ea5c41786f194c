using LoopLynx.Hdl;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Streams;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Streams;

/// <summary>Fills of FIFOs and stuck streams, seen from the state alone.</summary>
public class StreamProbeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_highest_fill_of_every_fifo_is_recorded(bool compiled)
    {
        using IStateEngine engine = compiled ? new CompiledEngine(Elaborator.Elaborate(new TwoFifos())) : new InterpretedEngine(Elaborator.Elaborate(new TwoFifos()));
        engine.ResetAll();
        var monitor = new FifoMonitor(engine);
        engine.Poke("Source_valid", 1);
        Step(engine, monitor, cycles: 3, sinkReady: false);
        Assert.Equal([("narrow", 2, 2), ("deep", 300, 1)], monitor.Fills.Select(f => (f.Path, f.Depth, f.Highest)).OrderBy(f => f.Depth));
        Step(engine, monitor, cycles: 200, sinkReady: false);
        engine.Poke("Source_valid", 0);
        Step(engine, monitor, cycles: 250, sinkReady: true);
        Assert.Equal(201, monitor.Fills.Single(f => f.Path == "deep").Highest);
    }

    [Fact]
    public void A_stuck_stream_is_named_with_what_waits_behind_it()
    {
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new TwoFifos()));
        engine.ResetAll();
        engine.Poke("Source_valid", 1);
        engine.Poke("Sink_ready", 0);
        engine.Run(400);
        engine.Settle();
        var (blocked, starving) = StreamWatch.Stuck(engine);
        Assert.Contains("Source", blocked);
        Assert.Contains("Sink", blocked);
        Assert.Contains("deep.Pop", blocked);
        Assert.Empty(starving);

        engine.Poke("Source_valid", 0);
        engine.Poke("Sink_ready", 1);
        engine.Run(400);
        engine.Settle();
        (blocked, starving) = StreamWatch.Stuck(engine);
        Assert.Empty(blocked);
        Assert.Contains("Sink", starving);
        Assert.Contains("Source", StreamWatch.Describe(engine));
    }

    [Fact]
    public void A_harness_has_the_ports_and_streams_of_what_stands_in_it()
    {
        static IEnumerable<(string, PortDirection, HdlType)> Ports(Module top) => Elaborator.Elaborate(top).Top.Ports.Select(p => (p.Name, p.Direction, p.Type));
        Assert.Equal(Ports(new TwoFifos()), Ports(new Around()));
        Assert.Equal(["Sink", "Source"], Elaborator.Elaborate(new Around()).Top.Streams.Select(s => s.Name).Order());
    }

    [Fact]
    public void A_pass_that_copies_a_design_keeps_its_streams_and_fifos()
    {
        var design = Elaborator.Elaborate(new Around());
        using var engine = new InterpretedEngine(CoverageDesign.Of(design).Design);
        Assert.Equal(["inner.deep", "inner.narrow"], new FifoMonitor(engine).Fills.Select(f => f.Path).Order());
        using var plain = new InterpretedEngine(design);
        Assert.Equal(plain.Layout.Flat.Streams.Select(s => s.Name), engine.Layout.Flat.Streams.Select(s => s.Name));
        Assert.Contains("inner.deep.Pop", plain.Layout.Flat.Streams.Select(s => s.Name));
    }

    private static void Step(IStateEngine engine, FifoMonitor monitor, int cycles, bool sinkReady)
    {
        engine.Poke("Sink_ready", sinkReady ? 1 : 0);
        for (var i = 0; i < cycles; i++)
        {
            engine.Tick();
            monitor.Sample();
        }
    }

    private sealed class Around() : Harness(new TwoFifos(), "inner")
    {
        protected override void Watch()
        {
        }
    }

    private sealed class TwoFifos : Module
    {
        public readonly StreamIn<Signal> Source = In(UInt(8));

        public readonly StreamOut<Signal> Sink = Out(UInt(8));

        protected override void Build() => Sink.Drive(Source.Fifo(300, name: "deep").Fifo(2, name: "narrow"));
    }
}
