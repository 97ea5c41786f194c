using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Sim.Memory;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>Whole tokens through every register: hidden state, beats read and KV cache equal the golden model's at every position.</summary>
public class NodeTests
{
    [Theory]
    [InlineData(nameof(Small.Equal))]
    [InlineData(nameof(Small.Narrow))]
    [InlineData(nameof(Small.Wide))]
    [InlineData(nameof(Small.OneChannel))]
    [InlineData(nameof(Small.ThreeHeads))]
    [InlineData(nameof(Small.Groups))]
    [InlineData("EqualSerial")]
    [InlineData("WideSerial")]
    public void Equals_the_golden_model_at_every_position(string name)
    {
        var c = Small.Named(name);
        using var engine = Engines.Create(EngineKind.Compiled, new LoopLynxNode(c));
        var run = new NodeRun(engine, c, ChannelTiming.Ideal);
        for (var position = 0; position < c.Context; position++)
        {
            run.Check(token: (position * 7) % 64);
        }
    }

    [Fact]
    public void A_new_sequence_begins_without_a_reset()
    {
        var c = Small.Narrow;
        using var engine = Engines.Create(EngineKind.Compiled, new LoopLynxNode(c));
        var run = new NodeRun(engine, c, ChannelTiming.Ideal);
        foreach (var length in new[] { 5, 1, 3 })
        {
            run.BeginSequence();
            for (var i = 0; i < length; i++)
            {
                run.Check(token: length + i);
            }
        }
    }

    [Fact]
    public void Equals_the_golden_model_for_any_configuration()
    {
        foreach (var c in RandomConfigurations.Draw(seed: 2, count: 8, widestEmbed: 32))
        {
            using var engine = Engines.Create(EngineKind.Compiled, new LoopLynxNode(c));
            var run = new NodeRun(engine, c, new("rough", 9) { StallProbability = 0.2, LatencyJitter = 30 });
            for (var position = 0; position < Math.Min(4, c.Context); position++)
            {
                run.Check(token: position);
            }

            run.BeginSequence();
            run.SkipTo(c.Context - 1);
            run.Check(token: 1);
        }
    }
}
