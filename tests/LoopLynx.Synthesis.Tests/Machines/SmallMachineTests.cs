using LoopLynx.Gen;
using LoopLynx.Synthesis.OpenSta;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Timing;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Synthesis.Tests.Machines;

/// <summary>Resources and timing of a small machine, through Yosys.</summary>
public sealed class SmallMachineTests
{
    private static readonly TimingReport Timing = TimingAnalysis.Run(SmallMachine.Instance.Design.Absorbed, SmallMachine.Instance.Design.Data, SmallMachine.Instance.Files, new(285));

    [Fact]
    public void Analyses_end_when_they_are_cancelled()
    {
        var (design, cancelled) = (SmallMachine.Instance.Design, new CancellationToken(canceled: true));
        Assert.ThrowsAny<OperationCanceledException>(() => ResourceAnalysis.Run(design.Mapped, design.Absorbed, cancel: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => TimingAnalysis.Run(design.Absorbed, design.Data, [], new(285), cancelled));
    }

    [Fact]
    public void Every_endpoint_is_timed_or_constant()
    {
        Assert.Equal(0, Timing.Untimed);
        Assert.True(Timing.Constant > 0);
        Assert.Equal(Timing.EndpointKinds.Values.Sum(), Timing.Models[0].Endpoints);

        // Every flip-flop that is left has its data input among them, or only a constant there.
        var flipFlops = ResourceAnalysis.Run(
            SmallMachine.Instance.Design.Mapped, SmallMachine.Instance.Design.Absorbed, cancel: TestContext.Current.CancellationToken).Machine.FfAbsorbed;
        Assert.InRange(Timing.EndpointKinds["FlipFlop D"], flipFlops * 99 / 100, flipFlops);
    }

    [Fact]
    public void Paths_name_both_ends_and_their_C_sharp_lines()
    {
        Assert.Equal(10, Timing.Paths.Count);
        Assert.All(Timing.Paths, p => Assert.Matches(@"^\w+\.cs:\d+$", p.Source));
        Assert.All(Timing.Paths, p => Assert.DoesNotContain("$abc", p.From + p.To, StringComparison.Ordinal));
        Assert.Equal(Timing.Paths.OrderByDescending(p => p.Ns), Timing.Paths);
        Assert.Equal(Timing.WorstSlackNs, Timing.Paths[0].SlackNs);
    }

    [Fact]
    public void A_machine_is_the_sum_of_its_modules()
    {
        var report = ResourceAnalysis.Run(
            SmallMachine.Instance.Design.Mapped, SmallMachine.Instance.Design.Absorbed, cancel: TestContext.Current.CancellationToken);
        var cells = SmallMachine.Instance.Design.Mapped.Cells;
        Assert.Equal(cells.Count(c => c.Cell.Type is "FDRE" or "FDSE"), report.Machine.Ff);
        Assert.Equal(cells.Count(c => c.Cell.Type == "DSP48E2"), report.Machine.Dsp);
        Assert.Equal(cells.Count(c => c.Cell.Type.StartsWith("LUT", StringComparison.Ordinal) || c.Cell.Type == "INV"), report.Machine.Lut);
        Assert.Equal(report.Machine.Dsp, report.Kernels.Sum(k => k.Own.Dsp));
        Assert.Equal(report.Machine.Dsp, report.Kernels.Where(k => k.Depth == 1).Sum(k => k.Total.Dsp));
        Assert.True(report.Machine.FfAbsorbed < report.Machine.Ff);
        Assert.Equal(2, report.Kernels.Single(k => k.Name == "MatrixSlice").Count);
    }

    /// <summary>The same figures in an analyser that shares no code with this one.</summary>
    [Theory]
    [InlineData("Scheduler")]
    [InlineData("KvWriter")]
    [InlineData("Router")]
    [InlineData("ActivationBuffer")]
    [InlineData("HeadBuffer")]
    [InlineData("MatrixProcessor")]
    [InlineData("RequantiseUnit")]
    [InlineData("SoftmaxUnit")]
    [InlineData("ReadEngine")]
    [InlineData("ScoreUnit")]
    public void OpenSTA_finds_the_same_worst_slack(string kernel)
    {
        var design = SynthesisedDesign.Of(SmallMachine.Instance.Modules, kernel, SmallMachine.Instance.Files);
        var (ours, theirs) = OpenStaCheck.WorstSlack(design.Absorbed, design.Data, "typical", 285, TestContext.Current.CancellationToken);
        Assert.Equal(theirs, ours, 0.0005);
    }

    [Fact]
    public void A_second_run_maps_nothing()
    {
        var seen = 0;
        new YosysMapper(new MappingCache(MappingCache.DefaultFolder)).Run(SmallMachine.Instance.Files, _ => seen++, TestContext.Current.CancellationToken);
        Assert.Equal(0, seen);
    }

    [Fact]
    public void Text_that_Yosys_refuses_is_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-synthesis-").FullName;
        try
        {
            var file = new VerilogFile("Bad.v", "\nmodule Bad (\n    input wire clk\n);\n    assign nothing = ;\nendmodule\n");
            var error = Assert.Throws<SynthesisException>(() => new YosysMapper(new MappingCache(folder)).Run([file], cancellation: TestContext.Current.CancellationToken));
            Assert.Matches(@"^Yosys doesn't map Bad\.v: .*syntax error", error.Message);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
