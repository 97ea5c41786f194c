namespace LoopLynx.Gen;

/// <summary>A file can't be written; the message is one line that says which and why.</summary>
public sealed class OutputException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Runs an action; what the file system refuses becomes one line that names the path.</summary>
    internal static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new OutputException($"can't write '{path}': {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
