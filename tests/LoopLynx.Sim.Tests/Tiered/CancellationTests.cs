using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Tiered;

namespace LoopLynx.Sim.Tests.Tiered;

/// <summary>A compilation that nobody waits for ends.</summary>
public class CancellationTests
{
    // Takes the compiler some tenths of a second.
    private static readonly Lazy<Design> Large = new(() => Elaborator.Elaborate(new RandomModule(9, 300)));

    [Fact]
    public void A_cancelled_compilation_makes_no_engine()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new CompiledEngine(Large.Value, cancel: source.Token));
    }

    // No compilation of it takes as little, so it is always under way, or not begun.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void A_compilation_ends_wherever_it_is(int milliseconds)
    {
        using var source = new CancellationTokenSource(milliseconds);
        Assert.ThrowsAny<OperationCanceledException>(() => new CompiledEngine(Large.Value, cancel: source.Token));
    }

    [Fact]
    public void Disposing_of_a_tiered_engine_ends_its_compilation()
    {
        var engine = new TieredEngine(Large.Value);
        engine.Run(2);
        Assert.False(engine.IsCompiled);
        engine.Dispose();
        Assert.ThrowsAny<OperationCanceledException>(engine.WaitForCompiler);
    }

    [Fact]
    public void A_tiered_engine_whose_compilation_is_cancelled_says_so_at_the_next_edge()
    {
        using var source = new CancellationTokenSource();
        using var engine = new TieredEngine(Large.Value, cancel: source.Token);
        engine.Tick();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(engine.WaitForCompiler);
        Assert.ThrowsAny<OperationCanceledException>(engine.Tick);
    }
}
