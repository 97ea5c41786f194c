using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>
/// Exponentials and reciprocals of heads whose scores come one head ahead, as the pipeline has them, against <see cref="IntegerAttention.Exponentials"/>.
/// </summary>
public class SoftmaxUnitTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.ThreeHeads))]
    public void Equals_the_golden_softmax_head_after_head(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        using var engine = Engines.Create(kind, new SoftmaxUnit(c));
        foreach (var position in AttentionOrder.Positions(c))
        {
            var (bench, random) = (new Bench(engine), new Random(position));
            Host.HeadConstants[] scales = [.. Enumerable.Range(0, c.Heads).Select(_ => new Host.HeadConstants(
                new Multiplier(random.Next(1 << 16, 1 << 17), random.Next(12, 24)), new Multiplier(random.Next(1 << 16, 1 << 17), random.Next(64))))];

            // The last head has equal scores, the others any.
            int[][] scores = [.. Enumerable.Range(0, c.Heads).Select(head => Enumerable.Range(0, position + 1).Select(_ =>
                head == c.Heads - 1 ? -7 : random.Next(-c.HeadDim * 127 * 127, (c.HeadDim * 127 * 127) + 1)).ToArray())];
            engine.Poke("Position", position);
            bench.Pulse("Restart");
            Score(bench, c, scales, 0, scores[0]);
            for (var head = 0; head < c.Heads; head++)
            {
                if (head + 1 < c.Heads)
                {
                    Score(bench, c, scales, head + 1, scores[head + 1]);
                }

                Check(bench, c, scales, head, scores[head]);
            }
        }
    }

    // Writes the rows of a head and its maximum.
    private static void Score(Bench bench, NodeConfiguration c, Host.HeadConstants[] scales, int head, int[] scores)
    {
        var (engine, parity) = (bench.Engine, head % 2);
        var lowest = -(BigInteger.One << (c.Plan.ScoreBits(c.HeadDim) - 1));
        var rows = Rows(c, scores).Select(row => row.Select(s => s ?? lowest).ToArray()).ToArray();
        engine.Poke("Scores_Parity", parity);
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            engine.Poke("Scores_Valid", 1);
            engine.Poke("Scores_Row", i);
            engine.PokeLanes("Scores_Values", row);
            Step(bench, scales);
        }

        engine.Poke("Scores_Valid", 0);
        engine.Poke(parity == 0 ? "Scores_EvenMaximum" : "Scores_OddMaximum", rows.Max(row => row.Max()));
        engine.Poke("Scores_HeadDone", 1);
        Step(bench, scales);
        engine.Poke("Scores_HeadDone", 0);
    }

    private static void Check(Bench bench, NodeConfiguration c, Host.HeadConstants[] scales, int head, int[] scores)
    {
        var engine = bench.Engine;
        bench.Run(1_000, () => Respond(bench, scales) && engine.Peek("Results_Ready") == 1);
        var weights = (int[])scores.Clone();
        var (mantissa, exponent) = Reciprocal.Compute(IntegerAttention.Exponentials(weights, scales[head].Score));
        bench.Expect("Results_Scale_Mantissa", mantissa);
        bench.Expect("Results_Scale_Exponent", exponent);
        bench.Expect("Results_Scale_Multiplier", scales[head].Context.Value);
        bench.Expect("Results_Scale_Shift", scales[head].Context.Shift);

        // Taken now; the probabilities stay readable while the next head is computed.
        engine.Poke("Results_Take", 1);
        foreach (var (row, i) in Rows(c, weights).Select((r, i) => (r, i)))
        {
            engine.Poke("Results_Buffer", head % SoftmaxUnit.Buffers);
            engine.Poke("Results_Row", i);
            for (var cycle = 0; cycle < SoftmaxUnit.ReadLatency; cycle++)
            {
                Step(bench, scales);
                engine.Poke("Results_Take", 0);
            }

            bench.ExpectLanes("Results_Values", [.. row.Select(weight => weight ?? 0)]);
        }
    }

    private static void Step(Bench bench, Host.HeadConstants[] scales)
    {
        Respond(bench, scales);
        bench.Step();
    }

    // The constants of the head that the unit asks for.
    private static bool Respond(Bench bench, Host.HeadConstants[] scales)
    {
        bench.Engine.Settle();
        var scale = scales[(int)bench.Engine.Peek("Constants_Head") % scales.Length];
        bench.Engine.Poke("Constants_ScoreMultiplier", scale.Score.Value);
        bench.Engine.Poke("Constants_ScoreShift", scale.Score.Shift);
        bench.Engine.Poke("Constants_ContextMultiplier", scale.Context.Value);
        bench.Engine.Poke("Constants_ContextShift", scale.Context.Shift);
        bench.Engine.Settle();
        return true;
    }

    // Values of the positions in the rows of the unit: the past, then a row for the current token; null in lanes that don't count.
    private static BigInteger?[][] Rows(NodeConfiguration c, int[] values)
    {
        BigInteger?[] Padded(IEnumerable<int> row) => [.. row.Select(v => (BigInteger?)v), .. Enumerable.Repeat((BigInteger?)null, c.PositionsPerRow)];
        return [.. values[..^1].Chunk(c.PositionsPerRow).Append([values[^1]]).Select(row => Padded(row)[..c.PositionsPerRow])];
    }
}
