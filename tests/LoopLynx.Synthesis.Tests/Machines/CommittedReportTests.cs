using System.Globalization;
using System.Text.Json;
using LoopLynx.Synthesis.Cells;

namespace LoopLynx.Synthesis.Tests.Machines;

/// <summary>The report that is committed belongs to the data file that ships, and the page shows its figures.</summary>
public sealed class CommittedReportTests
{
    private static readonly string Root = FindRoot();
    private static readonly JsonElement Report = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "constraints/reports/before-redesign.json"))).RootElement;
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs/timing.md"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LoopLynx.Rtl.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [Fact]
    public void The_data_file_is_the_one_that_the_report_was_made_with() => Assert.Equal(TimingData.Default.Hash, Report.GetProperty("dataHash").GetString());

    [Theory]
    [InlineData("fast", 223303, -4.42, 53665)]
    [InlineData("paper", 66291, -2.54, 8338)]
    public void The_first_analysis_is_reproduced(string preset, int endpoints, double slack, int failing)
    {
        var timing = Report.GetProperty("machines").GetProperty(preset).GetProperty("timingWithOutputsAbsorbedOnly");
        var typical = timing.GetProperty("models")[0];
        var kinds = timing.GetProperty("endpointKinds");
        var isNew = kinds.GetProperty("output of the machine").GetInt32() + kinds.GetProperty("LutRam ADDRH").GetInt32();
        Assert.InRange(typical.GetProperty("endpoints").GetInt32() - isNew, 0.95 * endpoints, 1.05 * endpoints);
        Assert.InRange(typical.GetProperty("failing").GetInt32(), 0.95 * failing, 1.05 * failing);

        // Of one path of `fast` the connection from MUXF9 to the carry chain goes over the fabric here, with one load.
        var overFabric = preset == "fast" ? TimingData.Default.Wires[0].Delay(1) : 0;
        Assert.InRange(typical.GetProperty("worstSlackNs").GetDouble() + overFabric, 1.05 * slack, 0.95 * slack);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("paper")]
    public void The_page_has_every_kernel_s_figures(string preset)
    {
        var machine = Report.GetProperty("machines").GetProperty(preset);
        foreach (var kernel in machine.GetProperty("timing").GetProperty("kernels").EnumerateArray())
        {
            var name = kernel.GetProperty("module").GetString();
            var total = machine.GetProperty("resources").GetProperty("kernels").EnumerateArray().Single(k => k.GetProperty("name").GetString() == name).GetProperty("total");
            string N(string field) => total.GetProperty(field).GetDouble().ToString("#,0.#", CultureInfo.InvariantCulture);
            var row = string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {N("lut")} | {N("lutRam")} | {N("ff")} | {N("ffAbsorbed")} | {N("carry8")} | {N("dsp")} | {N("bram36")} | {N("uram")} | {kernel.GetProperty("levels")} | {kernel.GetProperty("worstNs").GetDouble():0.000} | {kernel.GetProperty("failing").GetInt32():#,0} |");
            Assert.Contains(row, Page, StringComparison.Ordinal);
        }
    }
}
