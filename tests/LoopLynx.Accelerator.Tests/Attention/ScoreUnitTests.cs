using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>Scores, mask and maximum of heads that follow one another with gaps, against <see cref="IntegerAttention.Scores"/>.</summary>
public class ScoreUnitTests
{
    private const int Longest = 30;

    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Split))]
    [InProcess(nameof(Small.SplitNarrow))]
    public void Equals_the_golden_scores_and_maximum(EngineKind kind, string name)
    {
        var (c, random) = (Small.Named(name), new Random(1));
        using var engine = Engines.Create(kind, new ScoreUnit(c));
        var bench = new Bench(engine);
        foreach (var position in AttentionOrder.Positions(c))
        {
            var token = new AttentionCase(c, position, seed: position + 1);
            for (var head = 0; head < c.Heads; head++)
            {
                Head(bench, c, token, head, random);
            }
        }
    }

    private static void Head(Bench bench, NodeConfiguration c, AttentionCase token, int head, Random random)
    {
        var (engine, parity, position) = (bench.Engine, head % 2, token.Position);
        var expected = Rows(c, token, head);
        var (scored, isScored) = (0, false);
        void Cycle()
        {
            engine.Settle();
            if (engine.Peek("Scores_Valid") == 1)
            {
                bench.Expect("Scores_Parity", parity);
                bench.Expect("Scores_Row", scored);
                bench.ExpectLanes("Scores_Values", expected[scored++]);
            }

            isScored |= engine.Peek("Scores_HeadDone") == 1;
            bench.Step();
        }

        engine.Poke("Parity", parity);
        for (var row = 0; row < expected.Count; row++)
        {
            for (var part = 0; part < c.RowsPerPosition; part++)
            {
                engine.Poke("Valid", 0);
                while (random.Next(3) == 0)
                {
                    Cycle();
                }

                var isCurrent = row == expected.Count - 1;
                engine.Poke("Valid", 1);
                engine.Poke("First", part == 0 ? 1 : 0);
                engine.Poke("Last", part == c.RowsPerPosition - 1 ? 1 : 0);
                engine.Poke("End", isCurrent && part == c.RowsPerPosition - 1 ? 1 : 0);
                engine.Poke("Row", row);
                engine.PokeLanes("Counts", [.. Positions(c, row, isCurrent, position).Select(j => (BigInteger)(j is null ? 0 : 1))]);
                engine.PokeLanes("Keys", Keys(c, token, head, Positions(c, row, isCurrent, position), part, random));
                engine.PokeLanes("Query", Values.Big(token.Query(head).Slice(part * c.HeadLanes, c.HeadLanes).ToArray()));
                Cycle();
            }
        }

        engine.Poke("Valid", 0);
        for (var cycle = 0; cycle < Longest && !isScored; cycle++)
        {
            Cycle();
        }

        Assert.True(isScored);
        Assert.Equal(expected.Count, scored);
        bench.Expect(parity == 0 ? "Scores_EvenMaximum" : "Scores_OddMaximum", expected.Max(row => row.Max()));
    }

    // The position in each lane of a row; null where the lane doesn't count.
    private static int?[] Positions(NodeConfiguration c, int row, bool isCurrent, int position) => [.. Enumerable.Range(0, c.PositionsPerRow).Select(lane =>
        isCurrent ? (lane == 0 ? position : (int?)null) : (row * c.PositionsPerRow) + lane is var j && j < position ? j : null)];

    private static List<BigInteger[]> Rows(NodeConfiguration c, AttentionCase token, int head)
    {
        var scores = new int[token.Position + 1];
        IntegerAttention.Scores(token.Query(head), token.Keys(head), scores);
        var memoryRows = (token.Position + c.PositionsPerRow - 1) / c.PositionsPerRow;
        var lowest = -(BigInteger.One << (c.Plan.ScoreBits(c.HeadDim) - 1));
        return [.. Enumerable.Range(0, memoryRows + 1).Select(row =>
            Positions(c, row, row == memoryRows, token.Position).Select(j => j is { } p ? scores[p] : lowest).ToArray())];
    }

    private static BigInteger[] Keys(NodeConfiguration c, AttentionCase token, int head, int?[] positions, int part, Random random)
    {
        var keys = new List<short>();
        foreach (var j in positions)
        {
            keys.AddRange(j is { } p ? token.Keys(head).Slice((p * c.HeadDim) + (part * c.HeadLanes), c.HeadLanes).ToArray() : random.Int16(c.HeadLanes));
        }

        return Values.Big(keys);
    }
}
