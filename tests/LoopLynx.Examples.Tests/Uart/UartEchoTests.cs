using LoopLynx.Examples.Uart;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Uart;

/// <summary>The whole UART, wire to wire.</summary>
public class UartEchoTests
{
    [Theory, EveryEngine]
    public void What_it_hears_it_says(EngineKind kind)
    {
        const int cyclesPerBit = 8;
        var bytes = new byte[30];
        new Random(3).NextBytes(bytes);

        // The sender is a little faster than the echo, which needs the FIFO to keep up.
        var levels = SerialLine.Encode(bytes, cyclesPerBit * 0.98, () => 0);
        using var engine = TestEngines.Create(kind, new UartEcho(cyclesPerBit, depth: 4));
        var (bench, heard) = (new Bench(engine), new List<int>());
        foreach (var level in levels.Concat(Enumerable.Repeat(1, 30 * cyclesPerBit)))
        {
            engine.Poke("Receive", level);
            bench.Expect("Overrun", 0);
            bench.Step();
            engine.Settle();
            heard.Add((int)engine.Peek("Transmit"));
        }

        Assert.Equal(bytes, SerialLine.Decode(heard, cyclesPerBit));
    }
}
