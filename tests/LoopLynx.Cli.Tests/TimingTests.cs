using System.CommandLine;
using System.Text.Json;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Commands;
using LoopLynx.Cli.Options;
using LoopLynx.Contract;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Tests;

/// <summary>The commands <c>timing</c> and <c>resources</c> on a small machine; the user's cache keeps what Yosys has mapped.</summary>
public sealed class TimingTests
{
    private static readonly string[] Small = ["--shape", "shakespeare", "--channels", "2", "--lanes", "4"];

    [Fact]
    public async Task A_machine_that_misses_the_clock_is_reported_and_fails()
    {
        var result = await CliResult.Run(["timing", .. Small, "--clock", "600", "--paths", "3", "--json"]);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("looplynx: 600 MHz isn't met (analytical, before placement): ", result.Error, StringComparison.Ordinal);
        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(0, json.GetProperty("untimed").GetInt32());
        Assert.Equal(["typical", "ideal", "spread"], json.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("name").GetString()));
        Assert.Equal(3, json.GetProperty("paths").GetArrayLength());
        Assert.Matches("^[0-9a-f]{64}$", json.GetProperty("netlistHash").GetString());
        Assert.Matches("^[0-9a-f]{64}$", json.GetProperty("dataHash").GetString());

        // The clock that would pass is that of the worst path.
        var period = 1000 / json.GetProperty("fmaxMhz").GetDouble();
        Assert.Equal((1000 / 600.0) - json.GetProperty("worstSlackNs").GetDouble(), period, 0.002);
    }

    [Theory]
    [InlineData("--one-node", "", "--one-node")]
    [InlineData("--cache", " ", "--cache")]
    public async Task An_option_that_would_do_nothing_is_refused(string option, string value, string named)
    {
        var result = await CliResult.Run(["timing", .. Small, option, .. value.Length > 0 ? new[] { value } : []]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith($"looplynx: {named}", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Equal("", result.Output);
    }

    /// <summary>Where the paths of one wire model pass, the line names the model whose paths fail.</summary>
    [Fact]
    public void A_failure_by_other_nets_names_them()
    {
        var report = new TimingReport(
            320, 0.1, 330, [new("typical", 0.1, 0, 5), new("ideal", 0.9, 0, 5), new("spread", -0.1, 2, 5)], 0, 0, 0, 0, 0, [], [],
            new Dictionary<string, int>(), ["a.b.d"], [], []);
        Assert.EndsWith("--wires spread lists the paths that fail", new TimingSummary(report, "", "").Difference, StringComparison.Ordinal);
        Assert.EndsWith("the report names what to change", new TimingSummary(report, "", "") { Wires = "spread" }.Difference, StringComparison.Ordinal);
        var text = new StringWriter();
        new TimingSummary(report, "", "").WriteText(text);
        Assert.Contains("untimed: a.b.d", text.ToString(), StringComparison.Ordinal);
    }

    /// <summary>There is no word for an exception of a path: what other tools call so is a wrong command line.</summary>
    [Theory]
    [InlineData("--false-path", "first")]
    [InlineData("--multicycle", "2")]
    [InlineData("--max-delay", "10")]
    [InlineData("--data", "figures.json")]
    [InlineData("--sdc", "exceptions.sdc")]
    public async Task An_exception_is_refused(string option, string value)
    {
        var result = await CliResult.Run(["timing", .. Small, option, value]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    public static TheoryData<string, TimingReport> Violations
    {
        get
        {
            var passes = new TimingReport(
                300, 0.1, 310, [new("typical", 0.1, 0, 5), new("ideal", 0.9, 0, 5), new("spread", 0.1, 0, 5)], 0, 0, 0, 0, 0, [], [],
                new Dictionary<string, int>(), [], [], []);
            return new()
            {
                { "", passes },
                { "2 endpoints fail with typical nets", passes with { Models = [new("typical", -0.2, 2, 5), passes.Models[1], passes.Models[2]] } },
                { "1 endpoints fail with spread nets", passes with { Models = [passes.Models[0], passes.Models[1], new("spread", -0.2, 1, 5)] } },
                { "1 untimed endpoints", passes with { Untimed = 1 } },
                { "3 endpoints behind too many levels", passes with { OverLevels = 3 } },
                { "1 nets with too many loads", passes with { OverFanout = 1 } },
                { "2 combinational outputs of kernels", passes with { CombinationalThrough = 2 } },
            };
        }
    }

    /// <summary>A report with a difference ends the command with exit code 1.</summary>
    [Theory]
    [MemberData(nameof(Violations), DisableDiscoveryEnumeration = true)]
    public void Each_violation_fails_the_command(string what, TimingReport report)
    {
        var difference = new TimingSummary(report, "", "").Difference;
        Assert.Equal(what.Length == 0, difference is null);
        Assert.Contains(what, difference ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_OpenSTA_times_otherwise_fails_the_command()
    {
        var report = Violations.First().Data.Item2;
        TimingSummary With(double openSta) => new(report, "", "") { OpenSta = [new("Router", 100, 0.5, 0.5), new("Scheduler", 50, 0.4, openSta)] };
        Assert.Null(With(0.4099).Difference);
        Assert.Equal("OpenSTA finds a worst slack of 0.4101 ns in Scheduler, this analysis 0.4000 ns; one is wrong", With(0.4101).Difference);
    }

    [Fact]
    public void A_DSP_without_a_register_fails_the_command()
    {
        ResourcesReport With(params UnregisteredCell[] cells) => new(new([], default, default, cells), "");
        Assert.Null(With().Difference);
        Assert.Contains("1 DSPs and RAMs lack registers, the first is slice.mul (M)", With(new UnregisteredCell("slice.mul", "DSP48E2", "MatrixSlice", "M")).Difference);
    }

    [Theory]
    [InlineData("fast", 285)]
    [InlineData("paper", 285)]
    [InlineData("u50", 300)]
    [InlineData("compact", 285)]
    public void Without_a_clock_it_is_the_preset_s_own(string preset, double mhz)
    {
        var command = new Command("timing");
        var options = new TimingOptions();
        options.AddTo(command);
        Assert.Equal(mhz, options.Bind(command.Parse(["--preset", preset])).ClockMhz);
        Assert.Equal(250, options.Bind(command.Parse(["--preset", preset, "--clock", "250"])).ClockMhz);
    }

    [Fact]
    public async Task Resources_are_counted_per_kernel()
    {
        var result = await CliResult.Run(["resources", .. Small, "--json"]);
        Assert.Equal(0, result.ExitCode);
        var kernels = result.Json.GetProperty("kernels").EnumerateArray().ToArray();
        var slice = kernels.Single(k => k.GetProperty("name").GetString() == "MatrixSlice");
        Assert.Equal(2, slice.GetProperty("count").GetInt32());
        Assert.Equal(2 * 2 * 4, slice.GetProperty("dsp").GetInt32());
        Assert.True(slice.GetProperty("ffAbsorbed").GetInt32() < slice.GetProperty("ff").GetInt32());
        Assert.Equal(result.Json.GetProperty("node").GetProperty("dsp").GetInt32(), kernels.Where(k => k.GetProperty("depth").GetInt32() == 1).Sum(k => k.GetProperty("dsp").GetInt32()));
        Assert.True(result.Json.GetProperty("fits").GetBoolean());

        // Every DSP and RAM has its registers.
        Assert.Equal(0, result.Json.GetProperty("unregistered").GetArrayLength());

        // A token's time is the model's at the last position, and the cells are the machine's.
        var token = result.Json.GetProperty("token");
        var machine = token.GetProperty("machine");
        var configuration = (MachineRequest.Default with { Channels = 2, Lanes = 4 }).Configure(ModelDescription.Shakespeare);
        Assert.Equal(255, token.GetProperty("position").GetInt32());
        Assert.Equal(LatencyModel.Token(configuration, 255).Cycles / 285_000.0, machine.GetProperty("milliseconds").GetDouble(), 9);
        Assert.Equal(
            1000 / machine.GetProperty("milliseconds").GetDouble() / result.Json.GetProperty("machine").GetProperty("dsp").GetInt32(),
            machine.GetProperty("perDsp").GetDouble(), 9);
        Assert.Equal(1000 / 6.59 / 568, token.GetProperty("published").GetProperty("perDsp").GetDouble(), 9);
        Assert.Equal(1000 / 6.59 / 64, token.GetProperty("published").GetProperty("perThousandLut").GetDouble(), 9);
    }

    [Fact]
    public void A_part_of_a_machine_has_no_tokens()
    {
        var report = new ResourcesReport(new([], default, default, []), "");
        Assert.Null(report.Token);
        var text = new StringWriter();
        report.WriteText(text);
        Assert.DoesNotContain("tokens/s", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--clock '0': use a number from 1 to 2000, with a point: 1.5", "timing", "--clock", "0")]
    [InlineData(1, "--jobs 0: use a whole number of at least 1", "resources", "--jobs", "0")]
    [InlineData(1, "--absorb some is unknown; use all, outputs, none", "resources", "--absorb", "some")]
    public async Task A_wrong_option_is_one_line(int code, string message, params string[] arguments)
    {
        var result = await CliResult.Run(arguments);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }
}
