using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Buffers;

/// <summary>Values are written a few at a time and read a row at a time; the two vectors don't touch each other.</summary>
public class ActivationBufferTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess(nameof(Small.Columns))]
    [InProcess(nameof(Small.OneValue))]
    public void Reads_back_what_was_written(EngineKind kind, string name)
    {
        var (c, random) = (Small.Named(name), new Random(1));
        var (vector, hidden) = (random.Int8(c.Embed), random.Int8(c.FeedForward));
        using var engine = Engines.Create(kind, new ActivationBoard(c));
        var bench = new Bench(engine);
        bench.Feed("Vector", Values.Numbered(vector, c.PacketLanes), stallPercent: 50);
        bench.Feed("Hidden", Values.Numbered(hidden, c.PacketLanes), stallPercent: 30);
        bench.RunToEnd();
        Check(bench, c, [.. vector, .. hidden]);

        // A single packet changes its own lanes only.
        vector = [.. random.Int8(c.PacketLanes), .. vector[c.PacketLanes..]];
        bench.Feed("Vector", [Values.Numbered(vector, c.PacketLanes)[0]]);
        bench.RunToEnd();
        Check(bench, c, [.. vector, .. hidden]);
    }

    private static void Check(Bench bench, NodeConfiguration c, sbyte[] expected)
    {
        Wait(bench, ActivationBuffer.WriteLatency + StreamStages.IsolateLatency);
        foreach (var (row, values) in expected.Chunk(c.SliceLanes).Select((v, i) => (i, v)).Reverse())
        {
            bench.Engine.Poke("Address", row);
            Wait(bench, ActivationBuffer.Latency);
            bench.ExpectLanes("Row", Values.Big(values));
        }
    }

    private static void Wait(Bench bench, int cycles)
    {
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            bench.Step();
        }
    }
}
