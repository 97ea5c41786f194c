using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>A layer's attention from q, k, v and the cache to the context, against <see cref="IntegerAttention"/>.</summary>
public class AttentionKernelTests
{
    [Theory, EveryEngine]
    public void Equals_the_golden_attention_where_two_positions_share_a_beat(EngineKind kind) => Check(kind, Small.Narrow);

    [Theory, EveryEngine]
    public void Equals_the_golden_attention_with_one_array_of_multipliers(EngineKind kind) => Check(kind, Small.Shared(Small.Narrow).Validated());

    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess("EqualSerial")]
    [InProcess("NarrowSerial")]
    [InProcess("WideSerial")]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.OneValue))]
    [InProcess(nameof(Small.Split))]
    [InProcess(nameof(Small.SplitNarrow))]
    [InProcess(nameof(Small.SplitColumns))]
    [InProcess("SplitSerial")]
    [InProcess("EqualShared")]
    [InProcess("WideShared")]
    [InProcess("OneChannelShared")]
    public void Equals_the_golden_attention_for_heads_of_every_width(EngineKind kind, string name) => Check(kind, Small.Named(name));

    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.SplitNarrow))]
    public void Takes_all_positions_alike_when_all_scores_are_equal(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        using var engine = Engines.Create(kind, new AttentionBoard(c));
        Run(engine, c, [.. AttentionOrder.Positions(c).Select(position => new AttentionCase(c, position, seed: position + 1, zeroQueries: true))], 20, 20);
    }

    [Theory, InProcess]
    public void A_single_head_works_alone(EngineKind kind) => Check(kind, (Small.Equal with { Heads = 1, Embed = 8, FeedForward = 8 }).Validated());

    private static void Check(EngineKind kind, NodeConfiguration c)
    {
        using var engine = Engines.Create(kind, new AttentionBoard(c));
        AttentionCase[] cases = [.. AttentionOrder.Positions(c).Select(position => new AttentionCase(c, position, seed: position + 1))];
        foreach (var (beatStall, contextStall) in new[] { (0, 0), (60, 0), (0, 85), (40, 40) })
        {
            Run(engine, c, cases, beatStall, contextStall);
        }
    }

    private static void Run(IEngine engine, NodeConfiguration c, AttentionCase[] cases, int beatStall, int contextStall)
    {
        var bench = new Bench(engine, seed: beatStall + contextStall + 1);
        var sink = bench.Collect("Context", cases.SelectMany(t => Values.Packets(t.Context(), c.PacketLanes)), contextStall);
        foreach (var (token, i) in cases.Select((t, i) => (t, i)))
        {
            bench.Pulse("Restart");
            var results = bench.Feed("Results", Values.Packets(token.Qkv, c.PacketLanes), beatStall);
            var constants = bench.Feed("Constants", token.Constants, beatStall);
            bench.Run(10_000, () => results.IsDone && constants.IsDone);
            engine.Poke("Position", token.Position);
            bench.Pulse("Start");
            if (c.SplitKv)
            {
                // One of them falls behind the other.
                bench.Feed("Keys", token.RowsOf(isValue: false), beatStall);
                bench.Feed("Values", token.RowsOf(isValue: true), contextStall);
            }
            else
            {
                bench.Feed("Rows", token.Rows, beatStall);
            }

            bench.Run(10_000, () => sink.Count == (i + 1) * c.Embed / c.PacketLanes);
        }

        bench.RunToEnd();
    }
}
