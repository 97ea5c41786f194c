using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Activation;

/// <summary>Loading the table, and every segment of it, against <see cref="GeluTable"/>.</summary>
public class GeluUnitTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.OneValue))]
    public void Equals_the_golden_table_at_every_segments_edges_layer_after_layer(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var random = new Random(1);
        GeluTable[] layers = [GeluTable.Create(6.0 / short.MaxValue, 4.0 / 127, Plans.Int8), new(Anything(random), Anything(random)), new(Anything(random), Anything(random))];
        short[] values = [.. Enumerable.Range(0, GeluTable.Segments).SelectMany(s => new[] { 0, 1, random.Next(256), 255 }.Select(f => (short)((256 * s) + f - 32768)))];
        using var engine = Engines.Create(kind, new GeluUnit(c));
        var numbers = 1 << engine.Design.Top.Port("Output_Index").Type.Width;

        // Packets come from all nodes, in any order: here in one of their own, with numbers that repeat, since there are more than a hidden vector has.
        var bench = new Bench(engine);
        var packets = values.Chunk(c.PacketLanes).ToArray();
        BigInteger[] places = [.. packets.Select((_, i) => (BigInteger)(i * 7 % numbers))];
        var sink = bench.Collect("Output", layers.SelectMany(table => packets.Select((p, i) => new Beat([[places[i]], Values.Big(p.Select(v => table.Apply(v, Plans.Int8)))]))), stallPercent: 30);
        foreach (var (table, layer) in layers.Select((t, i) => (t, i)))
        {
            bench.Pulse("Restart");
            var loading = bench.Feed("Table", TableBeats(table, c.SuperBytes), stallPercent: 30);
            bench.Run(10_000, () => loading.IsDone);

            bench.Feed("Input", packets.Select((p, i) => new Beat([[places[i]], [i % 2], Values.Big(p)])), stallPercent: 20);
            bench.Run(10_000, () => sink.Count == packets.Length * (layer + 1));
        }

        bench.RunToEnd();
    }

    private static short[] Anything(Random random) =>
        [short.MinValue, short.MaxValue, .. Enumerable.Range(2, GeluTable.Segments - 2).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];

    private static List<Beat> TableBeats(GeluTable table, int superBytes) =>
        Values.Packets(table.Bases.Zip(table.Slopes).SelectMany(e => Values.Bytes(e.First).Concat(Values.Bytes(e.Second))), superBytes);
}
