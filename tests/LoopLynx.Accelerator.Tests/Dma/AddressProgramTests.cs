using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>Every beat that a token reads, in order, against <see cref="MemoryMap"/>.</summary>
public class AddressProgramTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess("EqualSerial")]
    [InProcess("WideSerial")]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.Split))]
    [InProcess(nameof(Small.SplitNarrow))]
    [InProcess(nameof(Small.SplitColumns))]
    [InProcess("SplitSerial")]
    public void Reads_the_planned_beats_in_the_order_of_attention(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var map = new TestModel(c).Map;
        using var engine = Engines.Create(kind, new AddressProgram(c));
        foreach (var position in AttentionOrder.Positions(c).Reverse())
        {
            // Without a reset in between: each token begins again at address 0.
            var bench = new Bench(engine, seed: position + 1);
            for (var token = 0; token < 2; token++)
            {
                Check(bench, c, map, position);
            }
        }
    }

    [Theory]
    [InProcess("EqualStaged")]
    [InProcess("SplitStaged")]
    public void Waits_for_every_stage_without_running_ahead(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var map = new TestModel(c).Map;
        using var engine = Engines.Create(kind, new AddressProgram(c));
        foreach (var position in AttentionOrder.Positions(c))
        {
            var bench = new Bench(engine, seed: position + 1);
            engine.Poke("Position", position);
            engine.Poke("CurrentStage", (int)Stage.Load);
            bench.Pulse("Start");
            for (var layer = 0; layer < c.Layers; layer++)
            {
                foreach (var (stage, expected) in Stages(c, map, layer, position))
                {
                    Assert.Empty(Take(bench, c, cycles: 10));
                    engine.Poke("CurrentStage", (int)stage);
                    Assert.Equal(expected, Take(bench, c, cycles: 400));
                }
            }

            engine.Poke("CurrentStage", (int)Stage.Constants);
            Assert.Empty(Take(bench, c, cycles: 10));
        }
    }

    private static IEnumerable<(Stage Stage, List<RowRead> Reads)> Stages(NodeConfiguration c, MemoryMap map, int layer, int position)
    {
        (Stage, List<RowRead>) Weights(Stage stage, long from, long to) =>
            (stage, Beats(c, Enumerable.Range(0, (int)(to - from)).Select(i => new RowRead(map.LayerAddress(layer) + ((from + i) * map.Machine.LayoutBeatBytes), RunTarget.All))));
        yield return Weights(Stage.Constants, 0, map["QKV"].Offset);
        yield return (Stage.Norm1, []);
        yield return Weights(Stage.Qkv, map["QKV"].Offset, map["QKV"].End);
        yield return (Stage.Attention, Beats(c, AttentionOrder.Reads(c, map, layer, position)));
        yield return Weights(Stage.Project, map["O"].Offset, map["O"].End);
        yield return (Stage.Norm2, []);
        yield return Weights(Stage.FeedForward1, map["FC1"].Offset, map["FC1"].End);
        yield return Weights(Stage.FeedForward2, map["FC2"].Offset, map["FC2"].End);
    }

    // Memory beats of rows: a row is one beat a column.
    private static List<RowRead> Beats(NodeConfiguration c, IEnumerable<RowRead> rows) =>
        [.. rows.SelectMany(row => Enumerable.Range(0, c.Columns).Select(column => row with { Address = row.Address + (column * c.Lanes) }))];

    // The beats of the runs that come in so many cycles.
    private static List<RowRead> Take(Bench bench, NodeConfiguration c, int cycles)
    {
        var (engine, reads) = (bench.Engine, new List<RowRead>());
        engine.Poke("Runs_ready", 1);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            engine.Settle();
            if (engine.Peek("Runs_valid") == 1)
            {
                reads.AddRange(Run(engine, c));
            }

            bench.Step();
        }

        return reads;
    }

    private static IEnumerable<RowRead> Run(IEngine engine, NodeConfiguration c)
    {
        var (address, beats, target) = ((long)engine.Peek("Runs_Address"), (int)engine.Peek("Runs_Beats"), (RunTarget)(int)engine.Peek("Runs_Target"));
        Assert.True(beats > 0, "a run has at least one beat");
        return Enumerable.Range(0, beats).Select(i => new RowRead(address + ((long)i * c.Lanes), target));
    }

    private static void Check(Bench bench, NodeConfiguration c, MemoryMap map, int position)
    {
        var (engine, reads, random) = (bench.Engine, new List<RowRead>(), new Random(position));
        var expected = Beats(c, AttentionOrder.TokenReads(c, map, position));
        engine.Poke("Position", position);
        bench.Pulse("Start");
        bench.Run(100_000, () =>
        {
            engine.Poke("Runs_ready", random.Next(3) == 0 ? 0 : 1);
            engine.Settle();
            if (engine.Peek("Runs_valid") == 1 && engine.Peek("Runs_ready") == 1)
            {
                reads.AddRange(Run(engine, c));
            }

            return reads.Count >= expected.Count;
        });
        bench.Step();
        engine.Poke("Runs_ready", 1);
        for (var cycle = 0; cycle < 10; cycle++)
        {
            bench.Expect("Runs_valid", 0);
            bench.Step();
        }

        Assert.Equal(expected, reads);
        for (var channel = 0; channel < c.Channels; channel++)
        {
            Assert.Equal(ReadPlan.Beats(c, map, channel, position), reads.Count(read => ReadPlan.Reads(c, channel, read.Target)));
        }
    }
}
