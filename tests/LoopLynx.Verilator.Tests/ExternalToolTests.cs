using LoopLynx.Sim;

namespace LoopLynx.Verilator.Tests;

/// <summary>Running programs. Some of these tests count processes or end all of them: no others run meanwhile.</summary>
[Collection(nameof(ExternalToolTests))]
[CollectionDefinition(nameof(ExternalToolTests), DisableParallelization = true)]
public class ExternalToolTests
{
    private static readonly ExternalTool Shell = new("sh", "apt-get install dash");

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public void Both_streams_and_the_exit_code_come_back()
    {
        var result = Shell.Run(["-c", "echo out; echo err >&2; exit 3"], cancellation: Test);
        Assert.Equal((3, "out\n", "err\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void A_program_runs_in_its_folder()
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        Assert.Equal(folder, Shell.Run(["-c", "pwd"], folder, cancellation: Test).Output.Trim());
    }

    [Fact]
    public void A_missing_program_is_named_with_its_package()
    {
        var error = Assert.Throws<SimulationException>(() => new ExternalTool("verilatorr", "apt-get install verilator").Run([], cancellation: Test));
        Assert.Equal("'verilatorr' is not installed or not in PATH; install it, for example with: apt-get install verilator", error.Message);
    }

    [Fact]
    public void A_long_run_is_stopped()
    {
        var error = Assert.Throws<SimulationException>(() => Shell.Run(["-c", "exec sleep 60"], timeout: TimeSpan.FromSeconds(1), cancellation: Test));
        Assert.Equal("'sh' was stopped after 1 seconds", error.Message);
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.ThrowsAny<OperationCanceledException>(() => Shell.Run(["-c", "exec sleep 60"], cancellation: source.Token));
    }

    [Theory]
    [InlineData("sleep 61.5 & wait")]
    [InlineData("(sleep 61.5 &) ; sleep 61.5")]
    [InlineData("(setsid sleep 61.5 &) ; exec sleep 61.5")]
    [InlineData("trap '' TERM INT HUP; (trap '' TERM INT HUP; sleep 61.5 & sleep 61.5) & sleep 61.5")]
    public async Task Two_seconds_after_it_is_cancelled_no_descendant_lives(string script)
    {
        using var source = new CancellationTokenSource();
        var run = Shell.RunAsync(["-c", script], cancellation: source.Token);
        while (Sleepers() == 0)
        {
            await Task.Delay(10, Test);
        }

        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(2), Test));
        Assert.Equal(0, Sleepers());
    }

    [Fact]
    public async Task A_program_that_fails_while_it_is_cancelled_counts_as_cancelled()
    {
        using var source = new CancellationTokenSource();
        var folder = Directory.CreateTempSubdirectory("looplynx-tool-").FullName;
        var run = Shell.RunAsync(["-c", "touch started; sleep 0.3; exit 3"], folder, cancellation: source.Token);
        while (!File.Exists(Path.Combine(folder, "started")))
        {
            await Task.Delay(5, Test);
        }

        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task All_programs_can_be_ended_at_once()
    {
        var run = Shell.RunAsync(["-c", "(sleep 61.5 &) ; sleep 61.5"], cancellation: Test);
        while (Sleepers() < 2)
        {
            await Task.Delay(10, Test);
        }

        ExternalTool.EndAll();
        Assert.NotEqual(0, (await run).ExitCode);
        Assert.Equal(0, Sleepers());
    }

    // The programs that these tests start, and nobody else.
    private static int Sleepers() => Directory.GetDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")) == "sleep\061.5\0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
