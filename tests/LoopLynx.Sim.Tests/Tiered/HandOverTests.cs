using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;
using LoopLynx.Sim.Tiered;

namespace LoopLynx.Sim.Tests.Tiered;

/// <summary>One state layout: engines take over from each other at a cycle boundary.</summary>
public class HandOverTests
{
    private static Design Design(int seed) => Elaborator.Elaborate(new RandomModule(seed, 60));

    /// <summary>Runs cycles of the same random inputs on both engines and compares the whole state after every edge.</summary>
    private static void RunEqually(IStateEngine reference, IStateEngine other, Random random, int cycles)
    {
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            RandomTypes.PokeAll(random, reference);
            foreach (var port in reference.Design.Top.Ports.Where(p => p.Direction == PortDirection.Input))
            {
                reference.Input(port).CopyTo(other.Input(port));
            }

            reference.Settle();
            other.Settle();
            Assert.True(reference.State.SequenceEqual(other.State), $"settled, cycle {cycle}");
            reference.Tick();
            other.Tick();
            Assert.Equal(reference.Cycle, other.Cycle);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_snapshot_of_the_interpreter_goes_on_compiled_and_back(int seed)
    {
        var design = Design(seed);
        using var reference = new InterpretedEngine(design);
        using var compiled = new CompiledEngine(design);
        using var again = new InterpretedEngine(design);
        var random = new Random(seed);
        RunEqually(reference, again, random, 20);
        compiled.Restore(reference.Snapshot());
        RunEqually(reference, compiled, random, 20);
        again.Restore(compiled.Snapshot());
        RunEqually(reference, again, random, 20);
    }

    [Fact]
    public void Restoring_brings_a_cycle_back()
    {
        using var engine = new CompiledEngine(Design(4));
        engine.Run(10);
        var before = engine.Snapshot();
        engine.Run(10);
        var after = engine.Snapshot();
        engine.Restore(before);
        Assert.Equal(10, engine.Cycle);
        engine.Run(10);
        Assert.Equal(after.Cycle, engine.Cycle);
        Assert.True(after.State.Span.SequenceEqual(engine.Snapshot().State.Span));
    }

    [Fact]
    public void A_snapshot_of_another_design_is_refused()
    {
        using var one = new InterpretedEngine(Design(5));
        using var other = new InterpretedEngine(Elaborator.Elaborate(new WaveDesign()));
        var error = Assert.Throws<SimulationException>(() => one.Restore(other.Snapshot()));
        Assert.Contains("it is of another design", error.Message);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public void A_tiered_engine_changes_over_without_a_trace(int seed)
    {
        var design = Design(seed);
        using var reference = new InterpretedEngine(design);
        using var tiered = new TieredEngine(design);
        var random = new Random(seed);
        RunEqually(reference, tiered, random, 5);
        tiered.WaitForCompiler();
        RunEqually(reference, tiered, random, 30);
        Assert.True(tiered.IsCompiled);
    }

    [Fact]
    public void A_tiered_engine_can_be_left_while_it_compiles()
    {
        for (var i = 0; i < 3; i++)
        {
            using var engine = new TieredEngine(Design(8));
            engine.Run(3);
            Assert.Equal(3, engine.Cycle);
        }
    }
}
