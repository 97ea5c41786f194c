using System.Diagnostics;
using LoopLynx.Sim;
using Medallion.Shell;

namespace LoopLynx.Verilator;

/// <summary>A program outside .NET. Everything that this project runs goes through here, so the process library is named in one file only.</summary>
/// <param name="program">File name, looked up in <c>PATH</c>, or a path.</param>
/// <param name="install">How to get it, for the message when it is missing: <c>apt-get install verilator</c>.</param>
public sealed class ExternalTool(string program, string install)
{
    /// <summary>The Verilog compiler.</summary>
    public static ExternalTool Verilator { get; } = new("verilator", "apt-get install verilator");

    /// <summary>The C++ compiler.</summary>
    public static ExternalTool Compiler { get; } = new("g++", "apt-get install g++");

    /// <summary>File name or path.</summary>
    public string Program { get; } = program;

    /// <summary>Whether the program can be found.</summary>
    public bool IsInstalled => Find() is not null;

    /// <summary>Runs the program and waits for its end; an exit code other than 0 is the caller's to judge.</summary>
    /// <exception cref="SimulationException">It isn't installed, or it ran longer than <paramref name="timeout"/>.</exception>
    public ToolResult Run(IEnumerable<string> arguments, string? workingDirectory = null, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        RunAsync(arguments, workingDirectory, timeout, cancellation).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public async Task<ToolResult> RunAsync(IEnumerable<string> arguments, string? workingDirectory = null, TimeSpan? timeout = null, CancellationToken cancellation = default)
    {
        var path = Find() ?? throw new SimulationException($"'{Program}' is not installed or not in PATH; install it, for example with: {install}");
        var clock = Stopwatch.StartNew();
        var command = Command.Run(path, arguments, options =>
        {
            options.CancellationToken(cancellation);
            if (workingDirectory is not null)
            {
                options.WorkingDirectory(workingDirectory);
            }

            if (timeout is { } limit)
            {
                options.Timeout(limit);
            }
        });

        try
        {
            var result = await command.Task.ConfigureAwait(false);
            return new ToolResult(result.ExitCode, result.StandardOutput, result.StandardError, clock.Elapsed);
        }
        catch (TimeoutException)
        {
            throw new SimulationException($"'{Program}' was stopped after {timeout!.Value.TotalSeconds:0} seconds");
        }
    }

    private string? Find()
    {
        if (Program.Contains(Path.DirectorySeparatorChar))
        {
            return File.Exists(Program) ? Program : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);
    }
}
