using System.Text.RegularExpressions;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Tests;

/// <summary>Each command that writes, on a disk that is full: one line, and nothing half-written.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _isMounted;

    // A file system of its own where mounting is allowed; else a process may not write files beyond a size.
    public FullDiskTests()
    {
        _isMounted = new ExternalTool("mount", "apt-get install mount").Run(["-t", "tmpfs", "-o", "size=5m", "tmpfs", _folder.Path]).ExitCode == 0;
        TestContext.Current.TestOutputHelper?.WriteLine(_isMounted ? "the disk is a tmpfs of 5 MB" : "mounting isn't allowed here: files are limited by RLIMIT_FSIZE");
        if (_isMounted)
        {
            // 200 KB are left.
            File.WriteAllBytes(_folder["ballast"], new byte[(5 << 20) - 200_000]);
        }
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            new ExternalTool("umount", "apt-get install mount").Run([_folder.Path]);
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("rtl --out {disk}/out --shape gpt2-345m --nodes 2")]
    [InlineData("rtl --out {disk}/a/b/out --shape gpt2-345m --nodes 2")]
    [InlineData("coverage --tokens 1 --out {disk}/out")]
    [InlineData("cosim --tokens 1 --channels 1 --lanes 8")]
    public async Task One_line_and_nothing_half(string command)
    {
        var result = await Run(command);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Matches(new Regex(@"^looplynx: [^\n]*(No space left on device|no space left on the disk|File too large|too large)[^\n]*\n$", RegexOptions.IgnoreCase), result.Error);
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData("run ROMEO: --tokens 8 --wave {disk}/run.fst --wave-limit 1000000")]
    [InlineData("run ROMEO: --tokens 8 --wave {disk}/run.vcd --wave-limit 1000000")]
    [InlineData("latency --shape shakespeare --wave {disk}/run.fst --wave-limit 1000000")]
    public async Task A_wave_that_the_disk_cannot_hold_is_refused_or_ends_whole(string command)
    {
        var result = await Run(command);
        Assert.Equal(1, result.ExitCode);
        Assert.Matches(_isMounted ? "the wave would take about|can't write the wave file" : "can't write the wave at cycle", result.Error);
        Assert.DoesNotContain(Left(), file => file.EndsWith(".partial", StringComparison.Ordinal));
        Assert.True(!_isMounted || Left().Length == 0);
    }

    private Task<CliResult> Run(string command) => ProgramRun.Shell(
        (_isMounted ? "" : "ulimit -f 200; trap '' XFSZ; ") + $"looplynx {command.Replace("{disk}", _folder.Path, StringComparison.Ordinal)}",
        new Dictionary<string, string> { ["XDG_CACHE_HOME"] = _folder["cache"], ["DOTNET_EnableDiagnostics"] = "0" });

    // Locks of the cache are empty files that stay.
    private string[] Left() => [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file) != "ballast" && !file.Contains("/locks/", StringComparison.Ordinal))];
}
