using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>Whole tokens through every register, on one node and on rings: hidden state, beats read and KV cache equal the golden model's at every position.</summary>
public class NodeTests
{
    public static TheoryData<string> MachineNames => [.. Machines.Names];

    [Theory]
    [InlineData(nameof(Small.Equal))]
    [InlineData(nameof(Small.Narrow))]
    [InlineData(nameof(Small.Wide))]
    [InlineData(nameof(Small.OneChannel))]
    [InlineData(nameof(Small.ThreeHeads))]
    [InlineData(nameof(Small.Groups))]
    [InlineData(nameof(Small.Columns))]
    [InlineData(nameof(Small.OneValue))]
    [InlineData(nameof(Small.Split))]
    [InlineData(nameof(Small.SplitNarrow))]
    [InlineData(nameof(Small.SplitColumns))]
    [InlineData("EqualSerial")]
    [InlineData("WideSerial")]
    [InlineData("SplitSerial")]
    [InlineData("EqualStaged")]
    [InlineData("SplitStaged")]
    [InlineData("EqualPasses")]
    [InlineData("OneValuePasses")]
    public void Equals_the_golden_model_at_every_position(string name)
    {
        var c = Small.Named(name);
        using var engine = Engines.Create(EngineKind.Compiled, c);
        var run = new NodeRun(engine, c, ChannelTiming.Ideal);
        for (var position = 0; position < c.Context; position++)
        {
            run.Check(token: (position * 7) % 64);
        }
    }

    [Theory]
    [MemberData(nameof(MachineNames))]
    public void Every_machine_equals_the_golden_model(string name)
    {
        var c = Machines.Named(name);
        using var engine = Engines.Create(EngineKind.Compiled, c);
        var run = new NodeRun(engine, c, ChannelTiming.Ideal);
        for (var position = 0; position < 3; position++)
        {
            run.Check(token: 11 * position);
        }

        run.BeginSequence();
        run.SkipTo(c.Context - 1);
        run.Check(token: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_new_sequence_begins_without_a_reset(int nodes)
    {
        var c = (Small.Narrow with { Nodes = nodes }).Validated();
        using var engine = Engines.Create(EngineKind.Compiled, c);
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
        foreach (var c in RandomConfigurations.Draw(seed: 2, count: 24, widestEmbed: 32))
        {
            using var engine = Engines.Create(EngineKind.Compiled, c);
            var run = new NodeRun(engine, c, new("rough", 9) { StallProbability = 0.2, LatencyJitter = 30 });
            try
            {
                for (var position = 0; position < Math.Min(4, c.Context); position++)
                {
                    run.Check(token: position);
                }

                run.BeginSequence();
                run.SkipTo(c.Context - 1);
                run.Check(token: 1);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{c}: {e.Message}", e);
            }
        }
    }
}
