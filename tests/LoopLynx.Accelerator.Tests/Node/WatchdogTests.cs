using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>A session ends when nothing moves on any port, and not because a stage is long.</summary>
public class WatchdogTests
{
    private const int From = 500;
    private const int Patience = 120;

    // Without reads ahead of the steps a pause is always felt.
    private static readonly NodeConfiguration Machine = (Small.Equal with { RunAhead = false }).Validated();

    [Fact]
    public void Memory_that_takes_no_more_bursts_ends_the_run()
    {
        var e = Assert.Throws<SimulationException>(() => Run(Patience, length: int.MaxValue));
        Assert.Matches($@"^nothing has moved on a memory or host port for {Patience} cycles \(cycle \d+\), the node is in stage \w+; beats that nobody takes: channel0_ar", e.Message);
        Assert.InRange(int.Parse(e.Message.Split("(cycle ")[1].Split(')')[0]), From + Patience, From + 1000);
    }

    [Fact]
    public void A_shorter_pause_costs_cycles_only() => Assert.True(Run(Patience, length: Patience - 30).Cycles > Run(Patience, length: 0).Cycles);

    [Fact]
    public void A_stage_may_last_longer()
    {
        var (_, longest) = Run(Patience, length: 0);
        Assert.True(longest > Patience, $"the longest stage takes {longest} cycles: this test wants one of more than {Patience}");
    }

    // From a cycle on, no channel takes a burst for a while.
    private static (long Cycles, long LongestStage) Run(int patience, int length)
    {
        var model = new TestModel(Machine);
        var engine = Engines.Create(EngineKind.Compiled, Machine);
        var probe = new Pause(engine, Machine.Channels, length);
        using var session = new NodeSession(engine, Machine, model.Image, ChannelTiming.Ideal) { Probe = probe, WatchdogCycles = patience };
        var cycles = session.RunToken(model.Model.Embed(1, 0), 0, new int[Machine.Embed], TestContext.Current.CancellationToken);
        return (cycles, Enum.GetValues<Stage>().Max(stage => session.Stages[$"{stage}"]));
    }

    private sealed class Pause(IEngine engine, int channels, int length) : CycleProbe
    {
        private readonly PortSlot[] _readies = [.. Enumerable.Range(0, channels).Select(i => new PortSlot(engine, MachinePorts.Channel(i)["arready"]))];

        public override void Driven()
        {
            if (engine.Cycle < From || engine.Cycle - From >= length)
            {
                return;
            }

            var ports = new PortBlock(engine);
            foreach (var ready in _readies)
            {
                ports.Drive(ready, false);
            }
        }
    }
}
