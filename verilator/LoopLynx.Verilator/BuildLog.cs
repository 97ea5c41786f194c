using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>Runs the tools of one build and keeps what they print.</summary>
/// <param name="folder">Where they run.</param>
/// <param name="file">Where their output goes.</param>
internal sealed class BuildLog(string folder, string file)
{
    private const string DiskFull = "No space left on device";

    private readonly Lock _lock = new();

    /// <summary>Runs a tool; on failure the message has the first error line and the place of the log.</summary>
    public void Run(ExternalTool tool, IReadOnlyList<string> arguments, VerilatorOptions options)
    {
        var result = tool.Run(arguments, folder, options.Timeout, options.Cancellation);
        if (result.ExitCode != 0 && result.Log.Contains(DiskFull, StringComparison.OrdinalIgnoreCase))
        {
            throw new SimulationException(
                $"{tool.Program} failed: no space left on the disk of '{folder}'; make room, or set XDG_CACHE_HOME to a folder on another disk");
        }

        lock (_lock)
        {
            File.AppendAllText(file, $"$ {tool.Program} {string.Join(' ', arguments)}\n{result.Log}");
        }

        if (result.ExitCode != 0)
        {
            throw new SimulationException($"{tool.Program} failed: {FirstError(result)} (log: {file})");
        }
    }

    private static string FirstError(ToolResult result)
    {
        var lines = result.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.FirstOrDefault(line => line.StartsWith("%Error", StringComparison.Ordinal)
                || line.Contains("error:", StringComparison.Ordinal)
                || line.Contains("undefined reference", StringComparison.Ordinal))
            ?? lines.FirstOrDefault() ?? $"exit code {result.ExitCode}";
    }
}
