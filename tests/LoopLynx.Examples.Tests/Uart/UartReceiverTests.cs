using System.Numerics;
using LoopLynx.Examples.Uart;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Uart;

/// <summary>The receiver against levels that a clock of its own made.</summary>
public class UartReceiverTests
{
    private const int CyclesPerBit = 16;

    [Theory, EveryEngine]
    public void Bytes_arrive_from_a_clock_that_is_three_percent_off(EngineKind kind)
    {
        foreach (var rate in (double[])[0.97, 1, 1.03])
        {
            var (random, bytes) = (new Random(2), new byte[20]);
            random.NextBytes(bytes);
            Assert.Equal((bytes.Length, 0), Receive(kind, SerialLine.Encode(bytes, CyclesPerBit * rate, () => random.Next(3) * random.Next(40)), bytes, stallPercent: 50));
        }
    }

    [Theory, EveryEngine]
    public void A_byte_that_nobody_has_room_for_is_reported_and_the_waiting_one_stays(EngineKind kind) =>
        Assert.Equal((0, 2), Receive(kind, SerialLine.Encode([65, 66, 67], CyclesPerBit, () => 0), [], stallPercent: 100));

    [Theory, EveryEngine]
    public void A_short_disturbance_is_not_a_byte(EngineKind kind)
    {
        int[] levels = [.. Enumerable.Repeat(1, 20), 0, 0, 0, .. Enumerable.Repeat(1, 300), .. SerialLine.Encode([90], CyclesPerBit, () => 0)];
        Assert.Equal((1, 0), Receive(kind, levels, [90], stallPercent: 0));
    }

    [Theory, EveryEngine]
    public void A_byte_without_its_stop_bit_is_dropped(EngineKind kind) =>
        Assert.Equal((0, 0), Receive(kind, SerialLine.Encode([0xF0], CyclesPerBit, () => 0, stopBit: 0), [], stallPercent: 0));

    private static (int Received, int Lost) Receive(EngineKind kind, IReadOnlyList<int> levels, byte[] expected, int stallPercent)
    {
        using var engine = TestEngines.Create(kind, new UartReceiver(CyclesPerBit));
        var (bench, lost) = (new Bench(engine), 0);
        engine.Poke("Line", 1);
        var sink = bench.Collect("Bytes", Beat.Each(expected.Select(b => new BigInteger(b))), stallPercent);
        foreach (var level in levels.Concat(Enumerable.Repeat(1, CyclesPerBit)))
        {
            engine.Poke("Line", level);
            bench.Step();
            engine.Settle();
            lost += (int)engine.Peek("Overrun");
        }

        return (sink.Count, lost);
    }
}
