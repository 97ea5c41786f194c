using LoopLynx.Accelerator.Tests.Node;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>A machine with a program of the tests' own, beside the golden model, and beside the closed-form latency where that is asked for.</summary>
internal static class ProgramRun
{
    /// <summary>A tiny shape that 1, 2 and 4 nodes divide.</summary>
    public static NodeConfiguration Tiny(Family family) =>
        new(new ModelDescription(Layers: 2, QueryHeads: 4, Embed: 64, Context: 16, Vocabulary: 64, FeedForward: 128) { Family = family }, Channels: 8, Lanes: 8);

    /// <summary>Runs the first two positions and the last one; every hidden state and every byte of memory must equal the golden model's.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="exactModel">Whether the closed-form latency must be that of the simulation.</param>
    /// <param name="operations">The golden functions; null: the product's.</param>
    public static void Check(NodeConfiguration configuration, bool exactModel, LoopLynx.Host.OperationTable? operations = null)
    {
        using var engine = Engines.Create(EngineKind.Compiled, configuration.Validated());
        var run = new NodeRun(engine, configuration, ChannelTiming.Ideal, operations: operations);
        foreach (var position in new[] { 0, 1, configuration.Context - 1 })
        {
            if (position > 1)
            {
                run.SkipTo(position);
            }

            run.Check(token: 3 * position);
            if (exactModel)
            {
                var estimate = LatencyModel.Token(configuration, position);
                Assert.True(
                    estimate.Cycles == run.Cycles,
                    $"{configuration.Model.Family.Name} at {position}: model {string.Join(", ", estimate.Steps.Select(s => $"{s.Step.Name} {s.Cycles}"))}, in all {estimate.Cycles};\n"
                    + $"simulated {string.Join(", ", run.Steps.Names.Select(name => $"{name} {run.Steps[name]}"))}, in all {run.Cycles}");
            }
        }
    }
}
