using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;

namespace LoopLynx.Sim.Tests.Interpreted;

/// <summary>The interpreted engine's fast paths against the definition in exact integers, on random designs.</summary>
public class RandomDesignTests
{
    private const int Steps = 60;
    private const int Cycles = 12;

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(2000)]
    public void Random_designs_agree_with_the_definition(int firstSeed)
    {
        for (var seed = firstSeed; seed < firstSeed + 25; seed++)
        {
            Compare(seed);
        }
    }

    private static void Compare(int seed)
    {
        var design = Elaborator.Elaborate(new RandomModule(seed, Steps));
        using var engine = new InterpretedEngine(design);
        var definition = new DefinitionalEngine(design);
        var random = new Random(seed);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            RandomTypes.PokeAll(random, engine);
            foreach (var port in design.Top.Ports.Where(port => port.Direction == PortDirection.Input))
            {
                definition.Poke(port.Name, engine.PeekLanes(port.Name));
            }

            var reset = cycle is 0 or 7;
            engine.Reset(ClockDomain.Default, reset);
            engine.Settle();
            definition.Settle();
            foreach (var port in design.Top.Ports.Where(port => port.Direction == PortDirection.Output))
            {
                Assert.True(engine.PeekLanes(port.Name).SequenceEqual(definition.Peek(port.Name)), $"seed {seed}, cycle {cycle}, {port.Name}");
            }

            engine.Tick();
            definition.Tick(reset);
        }
    }
}
