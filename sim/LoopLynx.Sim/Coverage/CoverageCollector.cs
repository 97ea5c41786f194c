namespace LoopLynx.Sim.Coverage;

/// <summary>Gathers the coverage of many tests, which may run at once.</summary>
public sealed class CoverageCollector
{
    private readonly Lock _lock = new();
    private CoverageDatabase _total = CoverageDatabase.Empty;

    /// <summary>What all tests so far have hit.</summary>
    public CoverageDatabase Total
    {
        get
        {
            lock (_lock)
            {
                return _total;
            }
        }
    }

    /// <summary>Adds what an engine's test has hit.</summary>
    public void Add(CoverageEngine engine) => Add(engine.Collect());

    /// <summary>Adds a database.</summary>
    /// <exception cref="SimulationException">It is of another version of a C# file.</exception>
    public void Add(CoverageDatabase hits)
    {
        lock (_lock)
        {
            _total = CoverageDatabase.Merge(_total, hits);
        }
    }
}
