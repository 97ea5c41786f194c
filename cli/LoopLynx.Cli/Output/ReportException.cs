namespace LoopLynx.Cli.Output;

/// <summary>A report that can't be written as it is; the message is one line that names the field.</summary>
public sealed class ReportException(string message) : Exception(message);
