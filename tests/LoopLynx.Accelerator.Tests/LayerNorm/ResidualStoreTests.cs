using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>Loading, saturating addition of rows in any order, exact sums and sweeps of the residual stream; in one go, and as passes of their own.</summary>
public class ResidualStoreTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.OneValue))]
    [InProcess("EqualPasses")]
    [InProcess("OneValuePasses")]
    public void Keeps_every_vector_with_its_sums(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var random = new Random(1);
        using var engine = Engines.Create(kind, new ResidualStore(c));
        foreach (var (_, make) in NormVectors.All)
        {
            var vector = make(c.Embed);
            var bench = new Bench(engine);
            Store(bench, c, "Embedding", vector, vector);
            foreach (var size in new[] { 100, Plans.Max24 })
            {
                int[] delta = [.. Enumerable.Range(0, c.Embed).Select(_ => random.Next(-size, size + 1))];
                vector = [.. vector.Zip(delta, (x, d) => Plans.Clip24((long)x + d))];
                Store(bench, c, "Delta", delta, vector);
            }

            bench.Collect("Rows", Values.Numbered(vector, c.PacketLanes), stallPercent: 40);
            StartSweep(bench, 0, ResidualStore.RowCount(c) - 1);
            bench.RunToEnd();
        }
    }

    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess("EqualPasses")]
    public void Saturates_at_both_ends_of_24_bits(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        using var engine = Engines.Create(kind, new ResidualStore(c));
        var bench = new Bench(engine);
        int[] start = [.. Enumerable.Range(0, c.Embed).Select(i => i % 2 == 0 ? Plans.Max24 - 1 : Plans.Min24 + 1)];
        int[] delta = [.. Enumerable.Range(0, c.Embed).Select(i => (i % 2 == 0 ? 1 : -1) * (i / 2))];
        Store(bench, c, "Embedding", start, start);
        Store(bench, c, "Delta", delta, [.. start.Zip(delta, (x, d) => Math.Clamp(x + d, Plans.Min24, Plans.Max24))]);
    }

    [Theory, InProcess]
    public void Sweeps_again_and_again(EngineKind kind)
    {
        var c = Small.Equal;
        var vector = NormVectors.All["large"](c.Embed);
        using var engine = Engines.Create(kind, new ResidualStore(c));
        var bench = new Bench(engine);
        Store(bench, c, "Embedding", vector, vector);
        var sink = bench.Collect("Rows", Enumerable.Repeat(Values.Numbered(vector, c.PacketLanes), 3).SelectMany(rows => rows), stallPercent: 50);
        for (var sweep = 1; sweep <= 3; sweep++)
        {
            StartSweep(bench, 0, ResidualStore.RowCount(c) - 1);
            bench.Run(1_000, () => sink.Count == sweep * ResidualStore.RowCount(c));
        }

        bench.RunToEnd();
    }

    [Theory, InProcess]
    public void Sweeps_a_part(EngineKind kind)
    {
        var c = Small.Equal;
        var vector = NormVectors.All["large"](c.Embed);
        using var engine = Engines.Create(kind, new ResidualStore(c));
        var bench = new Bench(engine);
        Store(bench, c, "Embedding", vector, vector);
        var all = Values.Numbered(vector, c.PacketLanes).ToArray();
        (int First, int Last)[] ranges = [(0, 1), (2, 5), (all.Length - 1, all.Length - 1), (0, all.Length - 1)];
        var sink = bench.Collect("Rows", ranges.SelectMany(r => all[r.First..(r.Last + 1)]), stallPercent: 30);
        var taken = 0;
        foreach (var (first, last) in ranges)
        {
            StartSweep(bench, first, last);
            taken += last - first + 1;
            bench.Run(1_000, () => sink.Count == taken);
        }

        bench.RunToEnd();
    }

    private static void StartSweep(Bench bench, int first, int last)
    {
        bench.Engine.Poke("FirstRow", first);
        bench.Engine.Poke("LastRow", last);
        bench.Pulse("StartSweep");
    }

    // Sends a vector and compares the sums of the stored one when it is complete.
    private static void Store(Bench bench, NodeConfiguration c, string stream, int[] sent, int[] stored)
    {
        var rows = Values.Numbered(sent, c.PacketLanes).ToArray();
        new Random(sent[0]).Shuffle(rows);
        bench.Feed(stream, stream == "Delta" ? rows : Values.Packets(sent, c.PacketLanes), stallPercent: 40);
        bench.Run(1_000, () => bench.Engine.Peek("Updated") == 1);
        bench.Step();
        bench.Expect("Updated", 0);

        // The sums are asked for; without fusion that is another pass.
        bench.Engine.Poke("StartSums", 1);
        bench.Expect("Summed", c.FusedNorm ? 1 : 0);
        bench.Step();
        bench.Engine.Poke("StartSums", 0);
        var cycles = c.FusedNorm ? 0 : bench.Run(1_000, () => bench.Engine.Peek("Summed") == 1);
        Assert.True(c.FusedNorm || cycles >= ResidualStore.RowCount(c), $"a pass over {ResidualStore.RowCount(c)} rows took {cycles} cycles");
        var lanes = Enumerable.Range(0, c.PacketLanes).Select(lane => stored.Where((_, i) => i % c.PacketLanes == lane).Select(x => (BigInteger)x)).ToArray();
        bench.ExpectLanes("Totals", [.. lanes.Select(lane => lane.Aggregate(BigInteger.Add))]);
        bench.ExpectLanes("Squares", [.. lanes.Select(lane => lane.Aggregate(BigInteger.Zero, (sum, x) => sum + (x * x)))]);
        bench.Step();
        bench.Expect("Summed", 0);
    }
}
