using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The shift register against a list of bits.</summary>
public class ShiftRegisterTests
{
    [Theory, EveryEngine]
    public void It_keeps_the_last_bits(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new ShiftRegister(length: 7));
        var (bench, random, taken) = (new Bench(engine), new Random(2), new List<int>());
        for (var cycle = 0; cycle < 200; cycle++)
        {
            var (enable, bit) = (random.Next(2), random.Next(2));
            engine.Poke("Enable", enable);
            engine.Poke("Serial", bit);
            bench.Expect("Bits", taken.TakeLast(7).Aggregate(0, (bits, b) => (bits * 2) + b));
            bench.Step();
            taken.AddRange(Enumerable.Repeat(bit, enable));
        }
    }
}
