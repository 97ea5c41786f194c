namespace LoopLynx.Runtime;

/// <summary>Two things that must be equal aren't: engines, or the accelerator and the golden model. The message is one line that says where.</summary>
public sealed class DifferenceException(string message) : Exception(message);
