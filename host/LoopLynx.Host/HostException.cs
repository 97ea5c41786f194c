namespace LoopLynx.Host;

/// <summary>
/// An error that the user can put right: a damaged file, a checkpoint of another kind, a shape that does not fit the memory.
/// The message is one line that says what is wrong, where (file, tensor), and what to do.
/// </summary>
public class HostException(string message, Exception? inner = null) : Exception(message, inner);
