using System.Runtime.Loader;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Tests.Designs;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Tests that measure the whole process and so run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class AloneCollection
{
    public const string Name = "alone";
}

/// <summary>Engines are objects: several at once, and nothing left behind.</summary>
[Collection(AloneCollection.Name)]
public class LifetimeTests
{
    [Fact]
    public void Two_engines_run_in_parallel()
    {
        var designs = new[] { Elaborator.Elaborate(new RandomModule(11, 60)), Elaborator.Elaborate(new RandomModule(12, 60)) };
        var expected = designs.Select(design =>
        {
            using var engine = new InterpretedEngine(design);
            engine.Run(300);
            engine.Settle();
            return engine.State.ToArray();
        }).ToArray();
        var actual = new byte[designs.Length][];
        Parallel.For(0, designs.Length, i =>
        {
            using var engine = new CompiledEngine(designs[i]);
            engine.Run(300);
            engine.Settle();
            actual[i] = engine.State.ToArray();
        });
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Disposed_engines_leave_no_memory()
    {
        BuildAndDispose(50);
        var before = Measure();
        BuildAndDispose(1000);
        var grown = Measure() - before;

        // One engine's image, metadata and state are tens of kilobytes: keeping a twentieth of them would show.
        Assert.True(grown < 1_000_000, $"1,000 engines left {grown} bytes");
        Assert.Equal(0, AssemblyLoadContext.All.Count(c => c.Name == "LoopLynx kernel"));

        static void BuildAndDispose(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var engine = new CompiledEngine(Elaborator.Elaborate(new Ticker(1 + (i % 50))), new() { CheckAssertions = false });
                engine.Run(2);
            }
        }

        static long Measure()
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
