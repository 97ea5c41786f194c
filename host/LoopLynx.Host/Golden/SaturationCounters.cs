namespace LoopLynx.Host;

/// <summary>How many values the golden model has clipped, by step and kind.</summary>
public sealed class SaturationCounters
{
    private readonly Dictionary<(string Step, ValueKind Kind), long> _counts = [];

    /// <summary>All values that were clipped.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>The steps that clipped values, sorted by name.</summary>
    public IReadOnlyList<SaturationCount> Counts =>
        [.. _counts.Select(c => new SaturationCount(c.Key.Step, c.Key.Kind, c.Value)).OrderBy(c => c.Step, StringComparer.Ordinal).ThenBy(c => c.Kind)];

    /// <summary>Values of a kind that any step clipped.</summary>
    public long Of(ValueKind kind) => _counts.Where(c => c.Key.Kind == kind).Sum(c => c.Value);

    /// <summary>Adds the counts of another sequence.</summary>
    public void Add(SaturationCounters other)
    {
        foreach (SaturationCount count in other.Counts)
            Add(count.Step, count.Kind, count.Values);
    }

    internal void Add(string step, ValueKind kind, long values)
    {
        if (values != 0)
        {
            _counts[(step, kind)] = _counts.GetValueOrDefault((step, kind)) + values;
        }
    }
}
