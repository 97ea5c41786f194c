using System.Numerics;
using LoopLynx.Examples.Primer;
using LoopLynx.Hdl;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The FIFO: order, and how much it holds.</summary>
public class FifoTests
{
    private const int Depth = 8;

    [Theory, EveryEngine]
    public void Every_beat_comes_out_in_order(EngineKind kind)
    {
        var random = new Random(4);
        BigInteger[] values = [.. Enumerable.Range(0, 300).Select(_ => new BigInteger(random.Next(-128, 128)))];
        using var engine = TestEngines.Create(kind, new Fifo(Hardware.SInt(8), Depth));
        var bench = new Bench(engine);
        bench.Feed("Push", Beat.Each(values), stallPercent: 40);
        bench.Collect("Pop", Beat.Each(values), stallPercent: 40);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void It_takes_as_many_beats_as_its_depth_and_no_more(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Fifo(Hardware.SInt(8), Depth));
        var bench = new Bench(engine);
        engine.Poke("Push_valid", 1);
        for (var beat = 0; beat < Depth; beat++)
        {
            bench.Expect("Push_ready", 1);
            bench.Step();
        }

        bench.Expect("Push_ready", 0);
        bench.Expect("Pop_valid", 1);
    }
}
