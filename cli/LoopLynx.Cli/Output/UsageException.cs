namespace LoopLynx.Cli.Output;

/// <summary>The user asked for something that can't be done; the message is one line that says what to change.</summary>
public sealed class UsageException(string message) : Exception(message);
