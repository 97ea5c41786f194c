using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;
using Reference = System.IO.Hashing.Crc32;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The CRC-32 against the one of <c>System.IO.Hashing</c>, and the published check value.</summary>
public class Crc32Tests
{
    [Theory, EveryEngine]
    public void It_agrees_with_the_class_library(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Crc32());
        var (bench, random) = (new Bench(engine), new Random(8));
        for (var length = 0; length < 40; length++)
        {
            var message = new byte[length];
            random.NextBytes(message);
            Send(bench, random, message);
            bench.Expect("Crc", Reference.HashToUInt32(message));
        }
    }

    [Theory, EveryEngine]
    public void The_nine_digits_have_the_published_checksum(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Crc32());
        var bench = new Bench(engine);
        Send(bench, new Random(9), "123456789"u8);
        bench.Expect("Crc", 0xCBF43926);
    }

    // A cleared checksum, then the bytes with pauses, in which the data lines carry anything.
    private static void Send(Bench bench, Random random, ReadOnlySpan<byte> message)
    {
        Step(clear: 1, enable: random.Next(2), random.Next(256));
        foreach (var value in message)
        {
            while (random.Next(3) == 0)
            {
                Step(clear: 0, enable: 0, random.Next(256));
            }

            Step(clear: 0, enable: 1, value);
        }

        void Step(int clear, int enable, int data)
        {
            bench.Engine.Poke("Clear", clear);
            bench.Engine.Poke("Enable", enable);
            bench.Engine.Poke("Data", data);
            bench.Step();
        }
    }
}
