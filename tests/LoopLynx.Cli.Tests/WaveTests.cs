using LoopLynx.Verilator;

namespace LoopLynx.Cli.Tests;

/// <summary>Waves from the command: windows, scopes, limits, and what is said of them.</summary>
public sealed class WaveTests : IDisposable
{
    private static readonly ExternalTool Converter = new("fst2vcd", "apt-get install gtkwave");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> Run(params string[] options) => CliResult.Run(["run", "ROMEO:", "--tokens", "1", "--json", .. options]);

    private static (long First, long Last, long Bytes) Wave(CliResult result)
    {
        Assert.Equal(0, result.ExitCode);
        var wave = result.Json.GetProperty("wave");
        return (wave.GetProperty("firstCycle").GetInt64(), wave.GetProperty("lastCycle").GetInt64(), wave.GetProperty("bytes").GetInt64());
    }

    [Theory]
    [InlineData("run.fst")]
    [InlineData("run.vcd")]
    public async Task A_window_of_cycles(string name)
    {
        var wave = Wave(await Run("--wave", _folder[name], "--wave-from", "1000", "--wave-to", "1100"));
        Assert.Equal((1000, 1100, new FileInfo(_folder[name]).Length), wave);
        Assert.Equal([name], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_stage_of_a_layer_of_a_token_is_shown_to_its_end()
    {
        var (first, last, _) = Wave(await Run("--wave", _folder["stage.fst"], "--wave-from", "token:1/Qkv:2", "--wave-to", "token:1/Qkv:2", "--wave-scope", "scheduler"));
        var stage = Wave(await Run("--wave", _folder["token.fst"], "--wave-from", "token:1", "--wave-to", "token:1", "--wave-scope", "scheduler"));
        Assert.InRange(first, stage.First + 1, stage.Last);
        Assert.InRange(last, first + 50, stage.Last - 1);
        Assert.InRange(stage.Last - stage.First, 3_000, 4_000);
        var changes = Converted("token.fst");
        Assert.Contains("$scope module scheduler $end", changes);
        Assert.DoesNotContain("$scope module memory $end", changes);
    }

    [Fact]
    public async Task A_limit_keeps_the_newest_cycles_and_says_so()
    {
        var result = await CliResult.Run("run", "ROMEO:", "--tokens", "1", "--wave", _folder["run.fst"], "--wave-limit", "1", "--wave-from", "token:5");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"looplynx: wave: about \d+ cycles of \d+ bits, \d+ MB; the newest 1 MB stay \(--wave-limit\)", result.Error);
        Assert.Matches(@"wave: \S+run\.fst holds cycles \d+ to \d+ \(\d\.\d MB; older ones were dropped to keep --wave-limit\)", result.Output);
        Assert.InRange(new FileInfo(_folder["run.fst"]).Length, 100_000, 1_000_000);
        Assert.Contains("$enddefinitions", Converted("run.fst"));
    }

    [Theory]
    [InlineData("--wave-from 'Qkw' is no moment of a run: use a cycle (1200)", "--wave", "{out}.fst", "--wave-from", "Qkw")]
    [InlineData("--wave-from 200 comes after --wave-to 100", "--wave", "{out}.fst", "--wave-from", "200", "--wave-to", "100")]
    [InlineData("the wave's layer 4 isn't one of the model: use 0 to 3", "--wave", "{out}.fst", "--wave-from", "Qkv:4")]
    [InlineData("the wave's token 6 isn't one of the run: use 0 to 5", "--wave", "{out}.fst", "--wave-from", "token:6")]
    [InlineData("--wave-scope nonsense names no instance and no net; the outermost instances are ", "--wave", "{out}.fst", "--wave-scope", "nonsense")]
    [InlineData("--wave-from, --wave-to and --wave-scope need --wave FILE", "--wave-to", "3")]
    [InlineData("--wave needs the compiled or the interpreted engine", "--wave", "{out}.fst", "--engine", "verilator")]
    [InlineData("can't write the wave file '/nowhere/x.fst'", "--wave", "/nowhere/x.fst")]
    [InlineData("the run never came to the wave's window: ", "--wave", "{out}.fst", "--wave-from", "99999999")]
    public async Task A_wave_that_cannot_be_is_one_line_and_no_file(string rule, params string[] options)
    {
        (await Run([.. options.Select(o => o.Replace("{out}", _folder["out"], StringComparison.Ordinal))])).FailsWithRule(rule);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private string Converted(string name)
    {
        Assert.SkipUnless(Converter.IsInstalled, "fst2vcd is not installed");
        var result = Converter.Run([name, "-o", "back.vcd"], _folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, result.ExitCode);
        return File.ReadAllText(_folder["back.vcd"]);
    }
}
