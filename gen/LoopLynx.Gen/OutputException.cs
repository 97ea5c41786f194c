namespace LoopLynx.Gen;

/// <summary>A file can't be written; the message is one line that says which and why.</summary>
public sealed class OutputException(string message, Exception inner) : Exception(message, inner);
