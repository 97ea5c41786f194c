using System.Numerics;
using LoopLynx.Examples.Uart;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Uart;

/// <summary>The transmitter's wire, read level by level.</summary>
public class UartTransmitterTests
{
    [Theory, EveryEngine]
    public void The_wire_carries_the_bytes_with_exact_timing(EngineKind kind)
    {
        const int cyclesPerBit = 7;
        var bytes = new byte[40];
        new Random(1).NextBytes(bytes);
        using var engine = TestEngines.Create(kind, new UartTransmitter(cyclesPerBit));
        var (bench, levels) = (new Bench(engine), new List<int>());
        var source = bench.Feed("Bytes", Beat.Each(bytes.Select(b => new BigInteger(b))), stallPercent: 97);
        for (var left = 12 * cyclesPerBit; left > 0; left -= source.IsDone ? 1 : 0)
        {
            bench.Step();
            engine.Settle();
            levels.Add((int)engine.Peek("Line"));
        }

        Assert.Equal(bytes, SerialLine.Decode(levels, cyclesPerBit));
    }

    [Theory, EveryEngine]
    public void Bytes_that_wait_follow_each_other_without_a_gap(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new UartTransmitter(cyclesPerBit: 5));
        var bench = new Bench(engine);
        bench.Feed("Bytes", Beat.Each([1, 2, 3]));
        Assert.Equal(2 * 50, bench.RunToEnd() - 1);
    }
}
