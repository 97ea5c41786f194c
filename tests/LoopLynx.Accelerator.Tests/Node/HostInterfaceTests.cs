using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>The host's streams: tokens and embeddings may be offered early or late, hidden states may be taken late; nothing is lost or mixed up.</summary>
public class HostInterfaceTests
{
    private const int Tokens = 4;

    [Theory, EveryEngine]
    public void Tokens_queue_up_and_results_wait(EngineKind kind)
    {
        var c = Small.OneLayer;
        var model = new TestModel(c);
        using var engine = Engines.Create(kind, new LoopLynxNode(c));
        foreach (var (hostStall, hiddenStall) in new[] { (0, 0), (0, 90), (90, 0), (50, 50) })
        {
            var golden = new GoldenModel(model.Model);
            MemoryChannel[] channels = [.. model.Image.Select((bytes, i) => new MemoryChannel(engine, MachinePorts.Channel(i), (byte[])bytes.Clone(), ChannelTiming.Hbm))];
            var bench = new Bench(engine, seed: hostStall + hiddenStall + 1);
            bench.Feed("Token", Enumerable.Range(0, Tokens).Select(position => Beat.Of(position)), hostStall);
            bench.Feed("Embedding", Enumerable.Range(0, Tokens).SelectMany(position => Values.Packets(model.Model.Embed(position, position), c.PacketLanes)), hostStall);
            var hidden = bench.Collect("Hidden", Enumerable.Range(0, Tokens).SelectMany(token => Values.Packets(golden.Step(token), c.PacketLanes)).ToArray(), hiddenStall);
            bench.Patience = 10_000;
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

                return hidden.IsDone;
            });
            Assert.All(channels, (channel, i) => Assert.Equal(Enumerable.Range(0, Tokens).Sum(position => ReadPlan.Beats(c, model.Map, i, position)), channel.BeatsRead));
            bench.Expect("CurrentStage", (BigInteger)(int)Stage.Emit);
            bench.Expect("WriteFailed", 0);
            bench.Expect("ReadFailed", 0);
        }
    }
}
