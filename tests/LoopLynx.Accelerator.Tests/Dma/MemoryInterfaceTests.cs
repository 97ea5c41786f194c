using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Sim.Memory;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>A token's reads through all channels, joined into super-beats, while KV writes go out; against the bytes in memory.</summary>
public class MemoryInterfaceTests
{
    private static readonly ChannelTiming Rough = new("rough", 5) { StallProbability = 0.4, LatencyJitter = 20 };

    [Theory, EveryEngine]
    public void Delivers_the_token_and_writes_the_cache(EngineKind kind) => Check(kind, Small.Equal);

    [Theory]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    public void Works_for_other_widths(EngineKind kind, string name) => Check(kind, Small.Named(name));

    private static void Check(EngineKind kind, NodeConfiguration c)
    {
        var (model, random) = (new TestModel(c), new Random(1));
        foreach (var channel in model.Image)
        {
            random.NextBytes(channel.AsSpan((int)model.Layout.KvBase));
        }

        // The positions read end before the last row, to which the writes go.
        var position = c.Context - c.PositionsPerRow - 1;
        byte[][] memory = [.. model.Image.Select(channel => (byte[])channel.Clone())];
        var writes = Writes(c, model.Layout, memory, random);
        var simulated = model.Image.Select(channel => (byte[])channel.Clone()).ToArray();
        using var engine = Engines.Create(kind, new MemoryInterface(c));
        var bench = new Bench(engine);
        AxiChannel[] channels = [.. simulated.Select((bytes, i) => new AxiChannel(engine, $"Channel{i}", bytes, Rough, seed: i))];
        engine.Poke("Position", position);
        bench.Pulse("Start");
        var beats = bench.Collect("Beats", AttentionOrder.TokenAddresses(c, model.Layout, position).Select(model.BeatAt), stallPercent: 20);
        var writing = bench.Feed("Writes", writes, stallPercent: 50);

        // The memory answers in the settled cycle, before the bench looks at the streams.
        bench.Run(100_000, () =>
        {
            foreach (var channel in channels)
            {
                channel.Drive();
            }

            engine.Settle();
            foreach (var channel in channels)
            {
                channel.Sample();
            }

            return beats.IsDone && writing.IsDone && engine.Peek("WritesIdle") == 1;
        });
        Assert.All(channels, channel => Assert.Equal(model.Layout.BeatsRead(position), channel.BeatsRead));
        Assert.Equal(memory, simulated);
        bench.Expect("WriteFailed", 0);
    }

    private static List<Beat> Writes(NodeConfiguration c, MemoryLayout layout, byte[][] memory, Random random)
    {
        var writes = new List<Beat>();
        for (var i = 0; i < 20; i++)
        {
            var address = layout.KvAddress(random.Next(c.Layers), random.Next(c.Heads), random.Next(2) == 1, layout.KvRows - 1);
            var data = random.Int8(c.SuperBytes);
            int[] strobe = [.. Enumerable.Range(0, c.SuperBytes).Select(_ => random.Next(2))];
            for (var b = 0; b < c.SuperBytes; b++)
            {
                ref var cell = ref memory[b / c.Lanes][address + (b % c.Lanes)];
                cell = strobe[b] == 1 ? (byte)data[b] : cell;
            }

            writes.Add(new([[address], Values.Big(data), Values.Big(strobe)]));
        }

        return writes;
    }
}
