using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>Interpreted, compiled and Verilated nodes agree in every cycle count, not only in the results.</summary>
public class EngineAgreementTests
{
    private static readonly ChannelTiming[] Timings =
        [ChannelTiming.Ideal, ChannelTiming.Hbm, new("rough", 11) { StallProbability = 0.3, LatencyJitter = 50 }];

    [Fact]
    public void Every_engine_takes_the_same_cycles_in_every_stage()
    {
        var counts = TestEngines.Kinds.Select(Count).ToArray();
        Assert.All(counts, other => Assert.Equal(counts[0], other));
    }

    private static List<long> Count(EngineKind kind)
    {
        using var engine = Engines.Create(kind, new LoopLynxNode(Small.OneLayer));
        var cycles = new List<long>();
        foreach (var timing in Timings)
        {
            var run = new NodeRun(engine, Small.OneLayer, timing);
            for (var position = 0; position < 3; position++)
            {
                run.Check(token: position);
                cycles.AddRange([run.Cycles, .. run.StageCycles]);
            }
        }

        return cycles;
    }
}
