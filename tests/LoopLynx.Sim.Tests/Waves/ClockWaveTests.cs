using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;
using LoopLynx.Sim.Waves;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Waves;

/// <summary>Waves of several clocks: true times, asynchronous resets between edges, active-low levels.</summary>
public class ClockWaveTests
{
    private static readonly ClockDomain A = new("a", "ra") { AsynchronousReset = true, ActiveLowReset = true };
    private static readonly ClockDomain B = new("b", "rb");

    [Fact]
    public void Edges_falls_and_values_are_at_their_times()
    {
        var schedule = new ClockSchedule(new(A, 1000), new(B, 2500, 500));
        var text = new StringWriter();
        var inner = new InterpretedEngine(Elaborator.Elaborate(new Counters()));
        using (var engine = new ScheduledEngine(new WaveEngine(inner, new VcdWriter(inner, text, new WaveOptions { Schedule = schedule })), schedule))
        {
            engine.RunTo(3000);
            engine.Reset(A, true);
            engine.Tick(B);
            engine.Reset(A, false);
            engine.RunTo(8000);
        }

        var file = new VcdFile(text.ToString());
        Assert.Equal([0, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 5500, 6000, 6500, 7000, 7500, 8000], file.Changes("Counters.a"));
        Assert.Equal([0, 3000, 4250, 5500, 6750, 8000], file.Changes("Counters.b"));
        Assert.Equal([1, 1, 0, 0, 1], new long[] { 0, 2000, 3000, 4000, 5500 }.Select(t => (int)file.At("Counters.ra", t)));
        // Asserted after the edge of 3000, seen at once; edges at 4000 and 5000 change nothing, the one of 5500 is of the other clock.
        Assert.Equal([5, 6, 7, 5, 5, 5, 5, 6, 8], new long[] { 0, 1000, 2999, 3000, 4000, 5000, 5999, 6000, 8000 }.Select(t => (int)file.At("Counters.First", t)));
        Assert.Equal([0, 0, 1, 1, 2, 3], new long[] { 0, 2999, 3000, 5499, 5500, 8000 }.Select(t => (int)file.At("Counters.Second", t)));
    }

    private sealed class Counters : Module
    {
        public readonly Signal First = Output(UInt(8));
        public readonly Signal Second = Output(UInt(8));

        protected override void Build()
        {
            InDomain(A, () => Count(First, 5));
            InDomain(B, () => Count(Second, 0));
        }

        private static void Count(Signal y, int reset)
        {
            Register(out var count, UInt(8), reset);
            count.Drive(count.WrapAdd(1));
            y.Drive(count);
        }
    }
}
