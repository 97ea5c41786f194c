namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>A line of the record: <c>key | name value | name value ...</c></summary>
/// <param name="Key">What was measured; unique in the file.</param>
/// <param name="Values">Names and values, in order.</param>
internal sealed record RecordLine(string Key, IReadOnlyList<(string Name, string Value)> Values)
{
    /// <summary>Between a machine and what was measured on it, in a key.</summary>
    public const string Of = "; ";

    private const string Separator = " | ";

    /// <summary>The key up to <see cref="Of"/>.</summary>
    public string Machine => Key.Split(Of)[0];

    /// <summary>Reads a line.</summary>
    public static RecordLine Parse(string line)
    {
        var parts = line.Split(Separator);
        return new RecordLine(parts[0], [.. parts[1..].Select(part => part.Split(' ', 2)).Select(pair => (pair[0], pair[1]))]);
    }

    /// <summary>What differs from another line of the same key, one sentence for each value.</summary>
    public IEnumerable<string> DifferencesTo(RecordLine now)
    {
        var (before, after) = (Values.ToDictionary(v => v.Name, v => v.Value), now.Values.ToDictionary(v => v.Name, v => v.Value));
        return before.Keys.Union(after.Keys)
            .Where(name => before.GetValueOrDefault(name) != after.GetValueOrDefault(name))
            .Select(name => $"{Key}: {name} was {before.GetValueOrDefault(name, "nothing")}, is {after.GetValueOrDefault(name, "nothing")}");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(Separator, Values.Select(v => $"{v.Name} {v.Value}").Prepend(Key));
}
