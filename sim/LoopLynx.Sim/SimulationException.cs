namespace LoopLynx.Sim;

/// <summary>A simulation can't go on; the message is one line that says what, where and what to do.</summary>
public class SimulationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An assertion of the design was false at a clock edge.</summary>
public sealed class AssertionFailedException(string path, string message, long cycle)
    : SimulationException($"assertion '{path}' failed at cycle {cycle}: {message}")
{
    /// <summary>Hierarchical name of the assertion.</summary>
    public string Path { get; } = path;

    /// <summary>Edges before the failing one.</summary>
    public long Cycle { get; } = cycle;
}
