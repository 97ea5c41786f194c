using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Routing;

/// <summary>On one node every packet passes, one cycle later, with its number in the stage.</summary>
public class RouterTests
{
    private static readonly NodeConfiguration Configuration = (Small.Equal with { Channels = 4, FeedForward = 128 }).Validated();

    [Theory]
    [InProcess(0, 0)]
    [InProcess(40, 0)]
    [InProcess(0, 40)]
    [InProcess(50, 50)]
    public void Passes_every_packet_in_order(EngineKind kind, int sourceStall, int sinkStall)
    {
        const int Stages = 3;
        var (random, lanes, count) = (new Random(1), Configuration.PacketLanes, Configuration.FeedForward / Configuration.PacketLanes);
        using var engine = Engines.Create(kind, new Router(Configuration));
        var bench = new Bench(engine);
        int[][] vectors = [.. Enumerable.Range(0, Stages).Select(_ => Enumerable.Range(0, lanes * count).Select(_ => random.Next(Plans.Min24, Plans.Max24 + 1)).ToArray())];
        var sink = bench.Collect("Heads", vectors.SelectMany(vector => vector.Chunk(lanes).Select((values, i) => new Beat([[i], [1], Values.Big(values)]))), sinkStall);
        engine.Poke("PerNode", count);
        foreach (var (vector, stage) in vectors.Select((v, i) => (v, i)))
        {
            engine.Poke("Gather", stage % 2);
            bench.Pulse("Begin");
            bench.Feed("Local", Values.Packets(vector, lanes), sourceStall);
            var cycles = bench.Run(10_000, () => sink.Count == (stage + 1) * count);
            Assert.True(sourceStall + sinkStall > 0 || cycles == count + Router.LandingLatency(Configuration), $"{count} packets took {cycles} cycles");
            bench.Expect("Awaits", 0);
        }

        bench.RunToEnd();
    }
}
