using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The counter against an integer.</summary>
public class CounterTests
{
    [Theory, EveryEngine]
    public void It_counts_the_enabled_cycles_and_wraps(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Counter(width: 5));
        var (bench, random, expected) = (new Bench(engine), new Random(1), 0);
        for (var cycle = 0; cycle < 300; cycle++)
        {
            var enable = random.Next(2);
            engine.Poke("Enable", enable);
            bench.Expect("Count", expected);
            bench.Step();
            expected = (expected + enable) % 32;
        }
    }
}
