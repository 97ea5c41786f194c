using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public class VolumeTests
{
    [Theory, EveryEngine]
    public void It_stays_between_0_and_its_maximum(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Volume(max: 5));
        var bench = new Bench(engine);
        var random = new Random(1);
        var level = 0;
        for (var cycle = 0; cycle < 500; cycle++)
        {
            var (up, down) = (random.Next(2), random.Next(2));
            engine.Poke("Up", up);
            engine.Poke("Down", down);
            bench.Expect("Level", level);
            bench.Step();
            level = Math.Clamp(level + up - down, 0, 5);
        }
    }

    [Theory, EveryEngine]
    public void It_reaches_its_maximum_after_as_many_cycles(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Volume(max: 5));
        engine.Poke("Up", 1);
        Assert.Equal(5, Bench.Run(engine, maxCycles: 100, until: () => engine.Peek("Level") == 5));
    }
}
