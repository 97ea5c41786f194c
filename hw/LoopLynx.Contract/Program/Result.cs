namespace LoopLynx.Contract;

/// <summary>Where the values of a step go, and in what formats.</summary>
/// <param name="Buffer">The place that is filled.</param>
/// <param name="Kinds">Kinds of the values, by class of rows: one for all, or query, key and value.</param>
/// <param name="Unary">A function on the way, or null.</param>
public sealed record Result(string Buffer, IReadOnlyList<ValueKind> Kinds, Unary? Unary = null)
{
    /// <inheritdoc/>
    public bool Equals(Result? other) => other is not null && Buffer == other.Buffer && Kinds.SequenceEqual(other.Kinds) && Unary == other.Unary;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Buffer, Kinds.Count, Unary);
}
