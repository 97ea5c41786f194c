using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>Weighted sums of heads that follow one another, with their scales, against <see cref="IntegerAttention.WeightedValues"/>.</summary>
public class MixUnitTests
{
    private const int Heads = 30;
    private const int Longest = 1_000;

    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.SplitNarrow))]
    public void Equals_the_golden_weighted_values(EngineKind kind, string name)
    {
        var (c, random) = (Small.Named(name), new Random(1));
        using var engine = Engines.Create(kind, new MixUnit(c));
        var bench = new Bench(engine);
        Case[] cases = [.. Enumerable.Range(0, Heads).Select(i => Draw(c, random, positions: (i % c.Context) + 1))];
        bench.Collect("Mixed", cases.SelectMany(m => Packets(c, m)), stallPercent: 70);
        var freed = 0;
        void Cycle()
        {
            engine.Settle();
            freed += engine.Peek("Freed") == 1 ? 1 : 0;
            bench.Step();
        }

        for (var head = 0; head < Heads; head++)
        {
            // The kernel in front holds as many credits as the unit has room for results.
            engine.Poke("Valid", 0);
            for (var cycle = 0; head - freed >= MixUnit.ResultDepth; cycle++)
            {
                Assert.True(cycle < Longest);
                Cycle();
            }

            Send(engine, c, cases[head], random, Cycle);
        }

        engine.Poke("Valid", 0);
        bench.RunToEnd();
    }

    private static void Send(IEngine engine, NodeConfiguration c, Case head, Random random, Action cycle)
    {
        foreach (var (port, value) in new[] { "Scale_Mantissa", "Scale_Exponent", "Scale_Multiplier", "Scale_Shift" }.Zip(head.Scale))
        {
            engine.Poke(port, value);
        }

        var rows = head.Weights.Length / c.PositionsPerRow;
        for (var row = 0; row < rows; row++)
        {
            engine.Poke("Valid", 0);
            while (random.Next(4) == 0)
            {
                cycle();
            }

            engine.Poke("Valid", 1);
            engine.Poke("First", row == 0 ? 1 : 0);
            engine.Poke("Last", row == rows - 1 ? 1 : 0);
            engine.PokeLanes("Values", Values.Big(head.Values.Skip(row * c.KvBytes).Take(c.KvBytes)));
            engine.PokeLanes("Probabilities", Values.Big(head.Weights.Skip(row * c.PositionsPerRow).Take(c.PositionsPerRow)));
            cycle();
        }
    }

    // Whole rows of positions; those behind the last weigh nothing.
    private static Case Draw(NodeConfiguration c, Random random, int positions)
    {
        var padded = (positions + c.PositionsPerRow - 1) / c.PositionsPerRow * c.PositionsPerRow;
        int[] weights = [.. Enumerable.Range(0, padded).Select(j => j >= positions ? 0 : random.Pick(65535, 0, random.Next(65536)))];
        return new(weights, random.Int16(padded * c.HeadLanes), [random.Next(1 << 17), random.Next(16, 20), random.Next(1 << 17), random.Next(64)]);
    }

    private static IEnumerable<Beat> Packets(NodeConfiguration c, Case head) =>
        Golden(c, head).Chunk(c.PacketLanes).Select(values => new Beat([values, .. head.Scale.Select(s => new[] { s })]));

    private static BigInteger[] Golden(NodeConfiguration c, Case head)
    {
        var sums = new long[c.HeadLanes];
        IntegerAttention.WeightedValues(head.Weights, head.Values, sums, Plans.Int8);
        return Values.Big(sums);
    }

    private sealed record Case(int[] Weights, short[] Values, BigInteger[] Scale);
}
