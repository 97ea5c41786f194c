namespace LoopLynx.Testing;

/// <summary>Something that takes part in every cycle of a <see cref="Bench"/>.</summary>
public abstract class BenchAgent
{
    /// <summary>Whether it has nothing more to wait for.</summary>
    public abstract bool IsDone { get; }

    /// <summary>Beats that have moved.</summary>
    public int Count { get; protected set; }

    /// <summary>The clock that it follows, where the bench has a schedule; null: every tick.</summary>
    internal string? Clock { get; set; }

    /// <summary>Whether its clock had an edge since it last wrote its inputs.</summary>
    internal bool IsDue { get; set; } = true;

    /// <summary>Writes inputs, before the settle.</summary>
    internal abstract void Drive();

    /// <summary>Reads ports, after the settle; the edge follows. Null, or what is wrong.</summary>
    internal abstract string? Observe();

    /// <summary>What it waits for, for the message of the watchdog.</summary>
    internal abstract string Status();
}
