using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>A token's reads through all channels, joined into super-beats and rows of K and V, while KV writes go out; against the bytes in memory.</summary>
public class MemoryInterfaceTests
{
    private static readonly ChannelTiming Rough = new("rough", 5) { StallProbability = 0.4, LatencyJitter = 20 };

    [Theory, EveryEngine]
    public void Delivers_the_token_and_writes_the_cache(EngineKind kind) => Check(kind, Small.Equal);

    [Theory]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.Split))]
    [InProcess(nameof(Small.SplitNarrow))]
    [InProcess(nameof(Small.SplitColumns))]
    public void Works_for_other_widths(EngineKind kind, string name) => Check(kind, Small.Named(name));

    private static void Check(EngineKind kind, NodeConfiguration c)
    {
        var (model, random) = (new TestModel(c), new Random(1));
        foreach (var channel in model.Image)
        {
            random.NextBytes(channel.AsSpan((int)model.Map.Cache.Base));
        }

        // The positions read end before the last row, to which the writes go.
        var position = c.Context - c.PositionsPerRow - 1;
        byte[][] memory = [.. model.Image.Select(channel => (byte[])channel.Clone())];
        var writes = Writes(c, model.Map, memory, random);
        var simulated = model.Image.Select(channel => (byte[])channel.Clone()).ToArray();
        using var engine = Engines.Create(kind, new MemoryInterface(c));
        var bench = new Bench(engine);
        MemoryChannel[] channels = [.. simulated.Select((bytes, i) => new MemoryChannel(engine, MachinePorts.Channel(i), bytes, Rough, seed: i))];
        var layers = Enumerable.Range(0, c.Layers).ToArray();
        var weightRows = layers.Select(layer => AttentionOrder.Weights(model.Map, layer)).Select(w => (Before: w.Before.Count(), After: w.After.Count())).ToArray();
        var order = layers.SelectMany(layer => AttentionOrder.Phases(c).SelectMany(p => AttentionOrder.MemoryRows(c, model.Map, p.IsValue, position).Select(_ => p.IsValue))).ToArray();
        engine.Poke("Position", position);
        bench.Pulse("Start");
        var beats = bench.Collect("Weights", AttentionOrder.TokenReads(c, model.Map, position).Where(r => !IsKv(model.Map, r)).Select(r => model.BeatAt(r.Address)), stallPercent: 20);
        StreamSink[] rows = c.SplitKv
            ? [bench.Collect("Rows0", Kv(RunTarget.Keys), stallPercent: 30), bench.Collect("Rows1", Kv(RunTarget.Values), stallPercent: 40)]
            : [bench.Collect("Rows0", Kv(RunTarget.All), stallPercent: 30)];

        // Beats are offered to the present step's kernel, so a step that ends withdraws them.
        foreach (var sink in rows.Append(beats))
        {
            sink.ChecksStability = false;
        }

        var writing = bench.Feed("Writes", writes, stallPercent: 50);

        // The memory answers in the settled cycle, before the bench looks at the streams.
        bench.Run(100_000, () =>
        {
            // What belongs to another step isn't taken: behind a layer's last K row come weights, while V is still on its way.
            var attention = AttentionOf(weightRows, order.Length / c.Layers, beats.Count, rows.Sum(r => r.Count));
            engine.Poke("InAttention", attention is null ? 0 : 1);
            Hold("Weights_ready", attention is not null);
            for (var i = 0; i < rows.Length; i++)
            {
                Hold($"Rows{i}_ready", attention is null || rows[i].Count == (attention + 1) * order.Length / rows.Length / c.Layers);
            }

            foreach (var channel in channels)
            {
                channel.Drive();
            }

            engine.Settle();
            foreach (var channel in channels)
            {
                channel.Sample();
            }

            return beats.IsDone && rows.All(r => r.IsDone) && writing.IsDone && engine.Peek("WritesIdle") == 1;
        });
        Assert.All(channels, (channel, i) => Assert.Equal(ReadPlan.Beats(c, model.Map, i, position), channel.BeatsRead));
        Assert.Equal(memory, simulated);
        bench.Expect("WriteFailed", 0);
        bench.Expect("ReadFailed", 0);

        void Hold(string ready, bool hold) => engine.Poke(ready, hold ? 0 : engine.Peek(ready));

        IEnumerable<Beat> Kv(RunTarget target) =>
            from read in AttentionOrder.TokenReads(c, model.Map, position)
            where IsKv(model.Map, read) && read.Target == target
            select target == RunTarget.All ? model.BeatAt(read.Address) : model.KvRowAt(read.Address, target == RunTarget.Values);
    }

    // What the scheduler would say: the layer in whose attention the rows taken so far end, if they do.
    private static int? AttentionOf((int Before, int After)[] weightRows, int kvRows, int beats, int kv)
    {
        foreach (var (layer, (before, after)) in weightRows.Select((w, i) => (i, w)))
        {
            if (beats < before)
            {
                return null;
            }

            if (beats == before && kv < (layer + 1) * kvRows)
            {
                return layer;
            }

            beats -= before + after;
            if (beats < 0)
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsKv(MemoryMap map, RowRead read) => read.Address >= map.Cache.Base;

    private static List<Beat> Writes(NodeConfiguration c, MemoryMap map, byte[][] memory, Random random)
    {
        var writes = new List<Beat>();
        for (var i = 0; i < 20; i++)
        {
            var address = map.Cache.Address(random.Next(c.Layers), random.Next(c.Heads), random.Next(2) == 1, map.Cache.Rows - 1);
            var data = random.Int8(c.SuperBytes);
            int[] strobe = [.. Enumerable.Range(0, c.SuperBytes).Select(_ => random.Next(2))];
            for (var b = 0; b < c.SuperBytes; b++)
            {
                ref var cell = ref memory[b / c.SliceLanes][address + (b % c.SliceLanes)];
                cell = strobe[b] == 1 ? (byte)data[b] : cell;
            }

            writes.Add(new([[address], Values.Big(data), Values.Big(strobe)]));
        }

        return writes;
    }
}
