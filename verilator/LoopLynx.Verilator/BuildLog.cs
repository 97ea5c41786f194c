using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>Runs the tools of one build in its folder and keeps what they print in <c>build.log</c>.</summary>
internal sealed class BuildLog(string folder)
{
    private readonly Lock _lock = new();

    private string File => Path.Combine(folder, "build.log");

    /// <summary>Runs a tool; on failure the message has the first error line and the place of the log.</summary>
    public void Run(ExternalTool tool, IReadOnlyList<string> arguments, VerilatorOptions options)
    {
        var result = tool.Run(arguments, folder, options.Timeout, options.Cancellation);
        lock (_lock)
        {
            System.IO.File.AppendAllText(File, $"$ {tool.Program} {string.Join(' ', arguments)}\n{result.Log}");
        }

        if (result.ExitCode != 0)
        {
            throw new SimulationException($"{tool.Program} failed: {FirstError(result)} (log: {File})");
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
