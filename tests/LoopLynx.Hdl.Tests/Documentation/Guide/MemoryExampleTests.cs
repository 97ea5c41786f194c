using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public class MemoryExampleTests
{
    [Theory, EveryEngine]
    public void Samples_come_back_after_the_delay(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new DelayLine(delay: 5));
        var bench = new Bench(engine);
        var random = new Random(1);
        var taken = new List<BigInteger>(Enumerable.Repeat(BigInteger.Zero, 5));
        for (var cycle = 0; cycle < 200; cycle++)
        {
            var (enable, sample) = (random.Next(2), random.Next(-128, 128));
            engine.Poke("Enable", enable);
            engine.Poke("Sample", sample);
            bench.Expect("Delayed", taken[^5]);
            bench.Step();
            taken.AddRange(Enumerable.Repeat(new BigInteger(sample), enable));
        }
    }

    [Theory, EveryEngine]
    public void Bytes_are_written_one_by_one_and_a_read_sees_the_old_word(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new WordMemory());
        var bench = new Bench(engine);
        var random = new Random(2);
        var (model, expected) = (new byte[64, 4], 0u);
        for (var cycle = 0; cycle < 500; cycle++)
        {
            var (address, data, bytes) = (random.Next(64), (uint)random.NextInt64(1L << 32), random.Next(16));
            engine.Poke("Address", address);
            engine.Poke("Data", data);
            engine.Poke("WriteBytes", bytes);
            bench.Expect("Word", expected);
            bench.Step();
            expected = 0;
            for (var i = 3; i >= 0; i--)
            {
                expected = (expected << 8) | model[address, i];
                model[address, i] = (bytes >> i & 1) == 1 ? (byte)(data >> (8 * i)) : model[address, i];
            }
        }
    }

    [Theory, EveryEngine]
    public void Values_are_counted_also_in_neighbouring_cycles(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Histogram());
        var bench = new Bench(engine);
        var random = new Random(3);
        var counts = new int[16];
        for (var cycle = 0; cycle < 300; cycle++)
        {
            var (enable, value) = (random.Next(2), random.Next(3) == 0 ? random.Next(16) : 7);
            engine.Poke("Enable", enable);
            engine.Poke("Value", value);
            bench.Step();
            counts[value] += enable;
        }

        engine.Poke("Enable", 0);
        bench.Step();
        for (var value = 0; value < 16; value++)
        {
            engine.Poke("Address", value);
            bench.Step();
            bench.Expect("Count", counts[value]);
        }
    }

    [Theory, EveryEngine]
    public void Roots(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new SquareRoot());
        var bench = new Bench(engine);
        for (var number = 0; number < 256; number++)
        {
            engine.Poke("Number", number);
            bench.Expect("Root", Enumerable.Range(0, 16).Last(root => root * root <= number));
        }
    }
}
