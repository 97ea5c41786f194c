using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>The current token's keys and values reach the bytes of the cache where <see cref="KvCacheImage"/> puts them, and no others.</summary>
public class KvWriterTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.OneValue))]
    [InProcess(nameof(Small.Split))]
    [InProcess(nameof(Small.SplitNarrow))]
    [InProcess(nameof(Small.SplitColumns))]
    public void Appends_every_position_of_a_sequence(EngineKind kind, string name)
    {
        var (c, random) = (Small.Named(name), new Random(1));
        var model = new TestModel(c);
        byte[][] memory = [.. model.Image.Select(channel => (byte[])channel.Clone())];
        var cache = new KvCache(model.Model.Shape);
        using var engine = Engines.Create(kind, new KvWriterBoard(c));
        var bench = new Bench(engine);
        var writes = bench.Collect("Writes", stallPercent: 40);
        var (done, perLayer) = (0, 2 * c.Heads * c.RowsPerPosition);
        foreach (var position in Enumerable.Range(0, c.Context))
        {
            engine.Poke("Position", position);
            bench.Pulse("StartToken");
            for (var layer = 0; layer < c.Layers; layer++)
            {
                var qkv = random.Int8(3 * c.Embed);
                Remember(c, cache, layer, position, qkv);
                bench.Pulse("Restart");
                var results = bench.Feed("Results", Values.Packets(qkv, c.PacketLanes));
                bench.Run(1_000, () => results.IsDone);
                bench.Pulse("StartLayer");
                bench.Run(1_000, () => engine.Peek("Busy") == 0);
                Assert.Equal(perLayer, writes.Count - done);
                done = writes.Count;
            }
        }

        foreach (var write in writes.Beats)
        {
            Apply(c, memory, write);
        }

        KvCacheImage.Write(model.Image, model.Layout, cache, c.Context, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(model.Image, memory);
    }

    private static void Remember(NodeConfiguration c, KvCache cache, int layer, int position, sbyte[] qkv)
    {
        for (var head = 0; head < c.Heads; head++)
        {
            qkv.AsSpan(((head * 3) + 1) * c.HeadDim, c.HeadDim).CopyTo(cache.Keys(layer, head)[(position * c.HeadDim)..]);
            qkv.AsSpan(((head * 3) + 2) * c.HeadDim, c.HeadDim).CopyTo(cache.Values(layer, head)[(position * c.HeadDim)..]);
        }
    }

    private static void Apply(NodeConfiguration c, byte[][] memory, Beat write)
    {
        for (var i = 0; i < c.SuperBytes; i++)
        {
            if (write[2][i] == 1)
            {
                memory[i / c.SliceLanes][(int)write.Value + (i % c.SliceLanes)] = (byte)(sbyte)write[1][i];
            }
        }
    }
}
