using System.Diagnostics;

namespace LoopLynx.Cli.Tests;

/// <summary>Signals: one line, 128 and the signal's number, whatever the command is doing, and nothing left.</summary>
public sealed class InterruptionTests : IDisposable
{
    // Two seconds on an idle machine; tests share theirs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT", 130, 0.7)]
    [InlineData("TERM", 143, 0.7)]
    [InlineData("HUP", 129, 1.5)]
    [InlineData("TERM", 143, 2.5)]
    [InlineData("INT", 130, 6)]
    public async Task A_run_ends_in_every_phase(string signal, int code, double seconds)
    {
        using var run = Start("run", "ROMEO:", "--tokens", "250", "--wave", _folder["run.fst"], "--wave-from", "token:200");
        await End(run, signal, code, TimeSpan.FromSeconds(seconds));
        Assert.Empty(Directory.GetFiles(_folder.Path, "run.fst*"));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_cold_build_ends_with_its_compilers(string signal, int code)
    {
        using var run = Start("cosim", "--tokens", "1", "--channels", "1", "--lanes", "8");
        var cache = _folder["cache/looplynx/verilator"];
        while (!Directory.Exists(cache) || Directory.GetDirectories(cache, "work-*").Length == 0)
        {
            Assert.False(run.HasEnded);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await End(run, signal, code, TimeSpan.FromSeconds(1));
        Assert.Empty(Directory.GetFileSystemEntries(cache, "work-*"));
        Assert.Empty(Directory.GetFiles(Path.Combine(cache, "logs")));
        Assert.Empty(Processes(cache));
    }

    [Fact]
    public async Task A_wave_that_a_signal_cuts_short_is_kept_and_its_cycles_are_said()
    {
        using var run = Start("run", "ROMEO:", "--tokens", "250", "--wave", _folder["run.fst"]);
        while (!File.Exists(_folder["run.fst.partial"]) || new FileInfo(_folder["run.fst.partial"]).Length < 100_000)
        {
            Assert.False(run.HasEnded);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        run.Signal("TERM");
        var result = await run.End();
        Assert.Equal(143, result.ExitCode);
        Assert.Contains("looplynx: cancelled\n", result.Error);
        Assert.Matches(@"looplynx: wave: \S+run\.fst holds cycles 0 to \d+ \(\d+\.\d MB\)", result.Error);
        Assert.True(File.Exists(_folder["run.fst"]));
        Assert.False(File.Exists(_folder["run.fst.partial"]));
    }

    [Fact]
    public async Task After_a_kill_only_the_partial_wave_is_left_and_the_next_run_removes_it()
    {
        using (var run = Start("run", "ROMEO:", "--tokens", "250", "--wave", _folder["run.fst"]))
        {
            while (!File.Exists(_folder["run.fst.partial"]))
            {
                Assert.False(run.HasEnded);
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            run.Signal("KILL");
            await run.End();
        }

        Assert.Equal(["run.fst.partial"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        var again = await CliResult.Run("run", "ROMEO:", "--tokens", "1", "--wave", _folder["run.fst"], "--wave-from", "100", "--wave-to", "120", "--json");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(["run.fst"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    private ProgramRun Start(params string[] arguments) => ProgramRun.Start(new Dictionary<string, string> { ["XDG_CACHE_HOME"] = _folder["cache"] }, arguments);

    private static async Task End(ProgramRun run, string signal, int code, TimeSpan after)
    {
        await Task.Delay(after, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        run.Signal(signal);
        var result = await run.End();
        Assert.Equal((code, ""), (result.ExitCode, result.Output.StartsWith("ROMEO:", StringComparison.Ordinal) ? "" : result.Output));
        Assert.Contains("looplynx: cancelled", result.Error);
        Assert.All(result.Error.TrimEnd().Split('\n'), line => Assert.Matches("^looplynx: (cancelled|wave: )", line));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);
    }

    private static IEnumerable<string> Processes(string folder) => Directory.GetDirectories("/proc").Where(process =>
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) ?? false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
