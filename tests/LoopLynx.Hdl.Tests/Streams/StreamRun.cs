using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Streams;

/// <summary>Sends random beats through stream cases and checks what comes out.</summary>
internal static class StreamRun
{
    /// <returns>Cycles until the last beat moved.</returns>
    public static long Run(IEngine engine, IReadOnlyList<StreamCase> cases, int beats, int sourceStall, int sinkStall, int seed)
    {
        var bench = new Bench(engine, seed);
        var random = new Random(seed);
        var free = new List<(List<Beat>[] Sent, StreamSink Sink)>();
        foreach (var c in cases)
        {
            var sent = c.Inputs.Select(type => Enumerable.Range(0, beats).Select(_ => RandomBeat(random, type, c.Limit)).ToList()).ToArray();
            var expected = c.Expected?.Invoke(sent);
            for (var i = 0; i < sent.Length; i++)
            {
                bench.Feed(c.In(i), sent[i], sourceStall);
            }

            for (var i = 0; i < c.Outputs.Length; i++)
            {
                var sink = bench.Collect(c.Out(i), expected?[i], sinkStall, sent.Sum(s => s.Count));
                sink.ChecksStability = c.IsStable;
                if (expected is null)
                {
                    free.Add((sent, sink));
                }
            }
        }

        var cycles = bench.RunToEnd();
        foreach (var (sent, sink) in free)
        {
            CheckTagged(sent, sink.Beats);
        }

        return cycles;
    }

    // The two top bits name the source; each source's beats come in order and all of them come.
    private static void CheckTagged(List<Beat>[] sent, IReadOnlyList<Beat> received)
    {
        for (var i = 0; i < sent.Length; i++)
        {
            Assert.Equal(sent[i].Select(b => b.Value), received.Where(b => b.Value >> 16 == i).Select(b => b.Value & 0xffff));
        }

        Assert.Equal(sent.Sum(s => s.Count), received.Count);
    }

    private static Beat RandomBeat(Random random, HdlType type, int limit) =>
        Beat.OfLanes(Enumerable.Range(0, type.Lanes).Select(_ => (BigInteger)random.Next(limit)));
}
