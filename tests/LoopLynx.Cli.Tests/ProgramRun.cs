using System.Diagnostics;
using LoopLynx.Cli.Commands;

namespace LoopLynx.Cli.Tests;

/// <summary>The command as a process of its own: with signals, a terminal's pipes, and a disk that is full.</summary>
public sealed class ProgramRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ProgramRun(Process process)
    {
        _process = process;
        (_output, _error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>The program's file.</summary>
    public static string Program { get; } = typeof(CommandLine).Assembly.Location;

    /// <summary>Starts the command.</summary>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">The command line.</param>
    public static ProgramRun Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach([Program, .. arguments], start.ArgumentList.Add);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ProgramRun(Process.Start(start)!);
    }

    /// <summary>Runs a shell's line, in which <c>looplynx</c> is the command.</summary>
    public static async Task<CliResult> Shell(string line, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(["-c", $"looplynx() {{ dotnet '{Program}' \"$@\"; }}; {line}"], start.ArgumentList.Add);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var run = new ProgramRun(Process.Start(start)!);
        return await run.End();
    }

    /// <summary>Sends a signal: <c>INT</c>, <c>TERM</c>, <c>KILL</c>.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Waits for its end.</summary>
    public async Task<CliResult> End()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliResult(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
