using LoopLynx.Sim;

namespace LoopLynx.Verilator.Tests;

/// <summary>Running programs.</summary>
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
}
