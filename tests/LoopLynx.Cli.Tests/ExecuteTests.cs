using LoopLynx.Cli.Commands;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;
using LoopLynx.Fuzz;
using LoopLynx.Host;

namespace LoopLynx.Cli.Tests;

/// <summary>Commands without a command line: a request in, a report out, nothing on the process's console.</summary>
public sealed class ExecuteTests : IDisposable
{
    private static readonly MachineRequest Small = MachineRequest.Default with { Channels = 4, Lanes = 16 };

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    private CommandConsole Person => new(_output, _error) { IsForPerson = true };

    // Not on the runner's own threads: others of its tests wait for theirs.
    private static Task<T> Of<T>(Func<T> execute) => Task.Run(execute, Token);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_shows_the_text_as_it_is_made()
    {
        var report = await Of(() => RunCommand.Execute(new RunRequest("ROMEO:") { Tokens = 3, Check = true, Machine = Small }, Person, Token));
        Assert.Equal(3, report.Summary.Ids.Count);
        Assert.Equal((true, null), (report.Summary.MatchesGolden, report.Difference));
        Assert.Equal($"ROMEO:{report.Summary.Text}", $"{_output}");
        Assert.Equal("", $"{_error}");
        Assert.Throws<UsageException>(() => RunCommand.Execute(
            new RunRequest("R") { Engine = "interpreted", Optimisations = new() { Fusion = false } }, Person, Token));
    }

    [Fact]
    public async Task Latency_is_a_token_or_a_study()
    {
        var request = new LatencyRequest { Shape = "shakespeare", Position = 2, Machine = Small };
        var report = Assert.IsType<LatencyReport>(await Of(() => LatencyCommand.Execute(request, Person, Token)));
        Assert.True(report.Result.MatchesGolden);
        var study = Assert.IsType<StudyReport>(await Of(() => LatencyCommand.Execute(request with { EachOff = true }, Person, Token)));
        Assert.Equal(report.Result.Cycles, study.Cases[0].Result.Cycles);
        Assert.True(study.Cases.Count > 3);
        Assert.Equal(("", ""), ($"{_output}", $"{_error}"));
    }

    [Fact]
    public async Task Rtl_writes_its_files()
    {
        var report = await Of(() => RtlCommand.Execute(new RtlRequest(_folder["rtl"]) { Machine = Small }, Person, Token));
        Assert.All(report.Files, file => Assert.True(File.Exists(file)));
        Assert.Contains(_folder["rtl/program.txt"], report.Files);
    }

    [Fact]
    public async Task Fuzz_compares_engines()
    {
        var report = await Of(() => FuzzCommand.Execute(new FuzzRequest(new FuzzOptions { Seeds = 2, Cycles = 8, Engines = ["compiled"] }), Person, Token));
        Assert.Equal((2, 0, null, false), (report.Result.Designs, report.Result.Mismatches, report.Difference, report.IsCut));
    }

    [Fact]
    public async Task Coverage_counts_lines()
    {
        var request = new CoverageRequest(_folder["coverage"]) { Tokens = 1, NoToggles = true, Machine = Small };
        var report = await Of(() => CoverageCommand.Execute(request, Person, Token));
        Assert.True(report.Coverage.Count(Hdl.Coverage.CoverageKind.Line).Hit > 0);
        Assert.True(File.Exists(report.File));
        Assert.Throws<UsageException>(() => CoverageCommand.Execute(request with { Tokens = 0 }, Person, Token));
    }

    [Fact]
    public async Task Quality_says_where_a_perplexity_is_no_number()
    {
        var report = await Of(() => QualityCommand.Execute(new QualityRequest { Softmax = SoftmaxMode.Paper }, Person, Token));
        Assert.Contains("\"softmax\":\"paper\"", JsonOutput.Text(report.Json));
        var beyond = report with { Result = report.Result with { Float32 = double.PositiveInfinity } };
        Assert.Contains("\"perplexityFloat32\":null", JsonOutput.Text(beyond.Json));
        Assert.Contains(beyond.Warnings, line => line.Contains("beyond every number", StringComparison.Ordinal));
        beyond.WriteText(_output);
        Assert.StartsWith("perplexity float32 beyond every number, integer ", $"{_output}", StringComparison.Ordinal);
    }

    [Fact]
    public void What_lasts_ends_when_it_is_cancelled()
    {
        var cancelled = new CancellationToken(canceled: true);
        Action[] commands =
        [
            () => RunCommand.Execute(new RunRequest("R"), Person, cancelled),
            () => CosimCommand.Execute(new CosimRequest(), Person, cancelled),
            () => QualityCommand.Execute(new QualityRequest(), Person, cancelled),
            () => LatencyCommand.Execute(new LatencyRequest { Shape = "shakespeare" }, Person, cancelled),
            () => BenchCommand.Execute(new BenchRequest { Design = "control" }, Person, cancelled),
            () => BenchCommand.Execute(new BenchRequest { Ablation = true }, Person, cancelled),
            () => RtlCommand.Execute(new RtlRequest(_folder["rtl"]), Person, cancelled),
            () => CoverageCommand.Execute(new CoverageRequest(_folder["coverage"]), Person, cancelled),
            () => ResourcesCommand.Execute(new MappingRequest(Small, "shakespeare") { Cache = _folder["cache"] }, Person, cancelled),
            () => TimingCommand.Execute(new TimingRequest(new MappingRequest(Small, "shakespeare")), Person, cancelled),
        ];
        Assert.All(commands, command => Assert.ThrowsAny<OperationCanceledException>(command));
        Assert.True(FuzzCommand.Execute(new FuzzRequest(new FuzzOptions { Engines = ["compiled"] }), Person, cancelled).IsCut);
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName), name => name is "rtl" or "coverage");
        Assert.Equal("", $"{_output}");
    }
}
