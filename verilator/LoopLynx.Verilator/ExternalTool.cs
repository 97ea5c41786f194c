using System.Diagnostics;
using CliWrap;
using CliWrap.Buffered;
using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>A program outside .NET. Everything that this project runs goes through here, so the process library is named in one file only.</summary>
/// <param name="program">File name, looked up in <c>PATH</c>, or a path.</param>
/// <param name="install">How to get it, for the message when it is missing: <c>apt-get install verilator</c>.</param>
public sealed class ExternalTool(string program, string install)
{
    // In a session of its own a program doesn't get the terminal's Ctrl-C: this process decides what ends, and says so in one line.
    private const string NewSession = "setsid";

    /// <summary>The Verilog compiler.</summary>
    public static ExternalTool Verilator { get; } = new("verilator", "apt-get install verilator");

    /// <summary>The C++ compiler.</summary>
    public static ExternalTool Compiler { get; } = new("g++", "apt-get install g++");

    /// <summary>File name or path.</summary>
    public string Program { get; } = program;

    /// <summary>Whether the program can be found.</summary>
    public bool IsInstalled => Find(Program) is not null;

    /// <summary>Ends every program that this process has started here, with all their descendants.</summary>
    public static void EndAll() => ProcessFamily.EndAll();

    /// <summary>
    /// Runs the program and waits for its end; an exit code other than 0 is the caller's to judge. When it is stopped, its descendants end with it.
    /// </summary>
    /// <exception cref="SimulationException">It isn't installed, or it ran longer than <paramref name="timeout"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; also where it failed by itself meanwhile.</exception>
    public ToolResult Run(IEnumerable<string> arguments, string? workingDirectory = null, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        RunAsync(arguments, workingDirectory, timeout, cancellation).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public async Task<ToolResult> RunAsync(
        IEnumerable<string> arguments, string? workingDirectory = null, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var path = Find(Program) ?? throw new SimulationException($"'{Program}' is not installed or not in PATH; install it, for example with: {install}");
        cancellation.ThrowIfCancellationRequested();
        var clock = Stopwatch.StartNew();
        var family = new ProcessFamily();
        using var limit = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            // CliWrap knows a program's descendants by their parents' ids; those whose parents have ended are found by the family's mark.
            using var end = stop.Token.Register(family.End);
            var session = Find(NewSession);
            var result = await Cli.Wrap(session ?? path)
                .WithArguments(session is null ? arguments : [path, .. arguments])
                .WithWorkingDirectory(workingDirectory ?? Environment.CurrentDirectory)
                .WithEnvironmentVariables(variables => variables.Set(ProcessFamily.Variable, family.Mark))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(stop.Token)
                .ConfigureAwait(false);
            stop.Token.ThrowIfCancellationRequested();
            return new ToolResult(result.ExitCode, result.StandardOutput, result.StandardError, clock.Elapsed);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SimulationException($"'{Program}' was stopped after {timeout!.Value.TotalSeconds:0} seconds");
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException($"'{Program}' was cancelled", cancellation);
        }
        finally
        {
            family.Dispose();
        }
    }

    private static string? Find(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar))
        {
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
