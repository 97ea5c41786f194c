using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>
/// What each node's memories hold when it leaves a stage is the golden model's intermediate vector: activations and residual are whole, and the same, on every node; q, k and v are those of its heads.
/// </summary>
public class StageMemoryTests
{
    private const int Past = 3;

    [Theory]
    [InlineData("fast", 1)]
    [InlineData("fast", 2)]
    [InlineData("paper", 2)]
    [InlineData("fast", 3)]
    [InlineData("fast", 4)]
    [InlineData("paper", 4)]
    [InlineData("paper", 8)]
    public void Every_node_holds_the_golden_vectors_after_every_stage(string preset, int nodes)
    {
        var c = Machines.Preset(preset, nodes).Validated();
        var cancel = TestContext.Current.CancellationToken;
        var model = new TestModel(c);
        var (golden, trace) = (new GoldenModel(model.Model), new GoldenTrace(model.Model.Description));
        golden.Cache.FillSynthetic(Past, seed: 5);
        Machine.WriteCache(model.Image, model.Map, golden.Cache, Past, cancel);
        var embedding = model.Model.Embed(7, Past).ToArray();
        golden.Step(embedding, Past, trace, cancel: cancel);

        using var engine = (IStateEngine)Engines.Create(EngineKind.Compiled, StallingLink.Ring(c));
        var timing = new ChannelTiming("rough", 9) { StallProbability = 0.1, LatencyJitter = 20 };
        var probe = new StageProbe(engine, c, trace);
        var session = new NodeSession(engine, c, model.Image, timing) { Probe = probe };
        session.RunToken(embedding, Past, new int[c.Embed], cancel);
        Assert.Equal(nodes * c.Layers * 7, probe.Compared);
    }
}
