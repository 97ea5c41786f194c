using System.Numerics;
using LoopLynx.Hdl;

namespace LoopLynx.Testing;

/// <summary>One beat of a stream: for each payload field one integer per lane.</summary>
/// <param name="fields">Fields in port order; <c>fields[f][lane]</c>.</param>
public sealed class Beat(IReadOnlyList<BigInteger[]> fields) : IEquatable<Beat>
{
    /// <summary>Fields in port order; <c>Fields[f][lane]</c>.</summary>
    public IReadOnlyList<BigInteger[]> Fields { get; } = fields;

    /// <summary>Lanes of a field.</summary>
    public BigInteger[] this[int field] => Fields[field];

    /// <summary>Lane 0 of the first field: the value of a scalar stream.</summary>
    public BigInteger Value => Fields[0][0];

    /// <summary>A beat of scalar fields.</summary>
    public static Beat Of(params ReadOnlySpan<BigInteger> scalars)
    {
        var fields = new BigInteger[scalars.Length][];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = [scalars[i]];
        }

        return new Beat(fields);
    }

    /// <summary>A beat of one field with lanes.</summary>
    public static Beat OfLanes(IEnumerable<BigInteger> lanes) => new([[.. lanes]]);

    /// <summary>One beat of one scalar field for each value.</summary>
    public static List<Beat> Each(IEnumerable<BigInteger> values) => [.. values.Select(value => Of(value))];

    /// <summary>The beat of a bundle's plain value.</summary>
    public static Beat From<T>(T value) where T : IPayloadValue<T> => new(value.Lanes);

    /// <summary>The beat as a bundle's plain value.</summary>
    public T To<T>() where T : IPayloadValue<T> => T.FromLanes(Fields);

    /// <inheritdoc/>
    public bool Equals(Beat? other) =>
        other is not null && Fields.Count == other.Fields.Count && Fields.Zip(other.Fields).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Beat);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var lane in Fields.SelectMany(field => field))
        {
            hash.Add(lane);
        }

        return hash.ToHashCode();
    }

    /// <summary><c>(3, [1 2 3 4])</c></summary>
    public override string ToString() =>
        $"({string.Join(", ", Fields.Select(field => field.Length == 1 ? $"{field[0]}" : $"[{string.Join(' ', field)}]"))})";
}
