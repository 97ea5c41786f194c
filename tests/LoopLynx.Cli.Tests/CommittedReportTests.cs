using System.Text.Json;
using LoopLynx.Cli.Options;
using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Cli.Tests;

/// <summary>The committed reports of timing belong to the Verilog and the delays of today, and say that every machine passes.</summary>
/// <remarks><c>constraints/reports/make.sh</c> writes them.</remarks>
public sealed class CommittedReportTests
{
    [Theory]
    [InlineData("fast", "fast", 1, false)]
    [InlineData("u50", "u50", 1, false)]
    [InlineData("paper", "paper", 1, false)]
    [InlineData("compact", "compact", 1, false)]
    [InlineData("fast-ring2", "fast", 2, false)]
    [InlineData("u50-ring2", "u50", 2, false)]
    [InlineData("paper-ring2", "paper", 2, false)]
    [InlineData("compact-ring2", "compact", 2, false)]
    [InlineData("fast-ring2-node", "fast", 2, true)]
    [InlineData("u50-ring2-node", "u50", 2, true)]
    [InlineData("paper-ring2-node", "paper", 2, true)]
    [InlineData("compact-ring2-node", "compact", 2, true)]
    [InlineData("fast-kernel", "fast", 1, false, true)]
    [InlineData("u50-kernel", "u50", 1, false, true)]
    [InlineData("paper-kernel", "paper", 1, false, true)]
    [InlineData("compact-kernel", "compact", 1, false, true)]
    [InlineData("fast-ring2-kernel", "fast", 2, false, true)]
    [InlineData("u50-ring2-kernel", "u50", 2, false, true)]
    [InlineData("paper-ring2-kernel", "paper", 2, false, true)]
    [InlineData("compact-ring2-kernel", "compact", 2, false, true)]
    [InlineData("fast-ring4-kernel", "fast", 4, false, true)]
    [InlineData("u50-ring4-kernel", "u50", 4, false, true)]
    [InlineData("paper-ring4-kernel", "paper", 4, false, true)]
    [InlineData("compact-ring4-kernel", "compact", 4, false, true)]
    public void A_report_is_of_today(string name, string preset, int nodes, bool oneNode, bool kernel = false)
    {
        var file = Repository.OfProgram.Find($"constraints/reports/{name}.json");
        var report = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        var request = new MappingRequest(MachineRequest.Default with { Preset = preset, Nodes = nodes }, "gpt2-345m") { OneNode = oneNode, AsKernel = kernel };
        Assert.Equal(YosysMapper.Hash(request.Emit(TestContext.Current.CancellationToken)), report.GetProperty("netlistHash").GetString());
        Assert.Equal(TimingData.Default.Hash, report.GetProperty("dataHash").GetString());
        Assert.Equal(300, report.GetProperty("clockMhz").GetDouble());

        var models = report.GetProperty("models").EnumerateArray().ToArray();
        Assert.Equal(["typical", "ideal", "spread"], models.Select(m => m.GetProperty("name").GetString()));
        Assert.All(models, m => Assert.Equal(0, m.GetProperty("failing").GetInt32()));
        Assert.True(report.GetProperty("passes").GetBoolean());
    }
}
