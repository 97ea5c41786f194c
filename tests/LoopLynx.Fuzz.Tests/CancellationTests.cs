using LoopLynx.Fuzz.Designs;
using LoopLynx.Fuzz.Engines;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Fuzz.Tests;

/// <summary>A run that is cancelled ends inside a design, too, and what it breaks off is no finding.</summary>
public class CancellationTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Fact]
    public void Compiling_a_design_ends()
    {
        var design = Elaborator.ElaborateUnchecked(RandomTop.Of(new Decisions(1)));
        Assert.ThrowsAny<OperationCanceledException>(() => CompiledCheck.Run(design, [("default", CompiledOptions.Default)], 4, 1, Cancelled));
    }

    [Fact]
    public async Task A_run_that_is_cut_short_counts_whole_batches_only()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var options = new FuzzOptions { Seeds = 100_000, BatchSize = 50_000, Engines = ["interpreted", "compiled"] };
        var result = await Task.Run(() => new Fuzzer(options).Run(cancel: source.Token), TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (result.Designs, result.Mismatches));
    }
}
