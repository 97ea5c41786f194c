namespace LoopLynx.Verilator;

/// <summary>How a run of an <see cref="ExternalTool"/> ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Elapsed">Wall time.</param>
public sealed record ToolResult(int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>Both streams, for logs.</summary>
    public string Log => Output + Error;
}
