using LoopLynx.Accelerator;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Yosys;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Synthesis.Tests.Absorption;

/// <summary>Products that share DSP blocks, two at once or in turns: half the blocks, each with all of its registers.</summary>
public sealed class SharedProductTests
{
    [Fact]
    public void A_pair_of_dot_products_has_a_block_a_lane() => AssertBlocks(8, new DotProductPair(8, SInt(8), SInt(8)));

    [Fact]
    public void Scores_and_mixing_have_a_block_a_byte_of_a_row()
    {
        var c = new NodeConfiguration(1, 4, 32, 64, 16, 2, 8) { SharesMultipliers = true }.Validated();
        AssertBlocks(c.KvBytes, new AttentionArray(c));
    }

    private static void AssertBlocks(int blocks, Module module)
    {
        var files = VerilogBackend.Emit(Elaborator.Elaborate(module));
        var design = SynthesisedDesign.Map(files, new YosysMapper(new MappingCache(MappingCache.DefaultFolder), Environment.ProcessorCount));
        var report = ResourceAnalysis.Run(design.Mapped, design.Absorbed, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(report.Unregistered);
        Assert.Equal(blocks, report.Machine.Dsp);
    }
}
