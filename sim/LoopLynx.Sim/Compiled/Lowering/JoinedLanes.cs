using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>
/// Reductions of scalars that were joined for them stay scalar: a join is a store a lane and a load that waits for all of them.
/// <code>
/// before: any((a, b, c) &amp; (d, e, f))      after: (a &amp; d) | (b &amp; e) | (c &amp; f)
/// </code>
/// </summary>
internal static class JoinedLanes
{
    // The expression of a longer one would be deep.
    private const int MaximumLanes = 8;

    // Operations that share operands would be walked again for every way that leads to them.
    private const int MaximumDepth = 4;

    /// <summary>All lanes of a value reduced to one, or null where they aren't joined scalars.</summary>
    /// <param name="table">Makes the operations.</param>
    /// <param name="op">The operator.</param>
    /// <param name="value">At least two lanes.</param>
    public static Value? Reduce(ValueTable table, ReduceOp op, Value value)
    {
        if (value.Type.Lanes > MaximumLanes || Kind(op) is not { } kind || !IsJoined(value, MaximumDepth))
        {
            return null;
        }

        var result = Lane(table, value, 0);
        for (var i = 1; i < value.Type.Lanes; i++)
        {
            result = table.Operation(kind, result.Type, result, Lane(table, value, i));
        }

        return result;
    }

    private static ValueKind? Kind(ReduceOp op) => op switch
    {
        ReduceOp.And => ValueKind.And,
        ReduceOp.Or => ValueKind.Or,
        ReduceOp.Xor => ValueKind.Xor,
        _ => null,
    };

    private static bool IsJoined(Value value, int depth) => value switch
    {
        // A scalar is broadcast by the operation that uses it.
        { Shape: Shape.Scalar } or { Kind: ValueKind.Constant } => true,
        { Kind: ValueKind.LaneConcat } => Array.TrueForAll(value.Operands, o => o.Shape == Shape.Scalar),
        { Kind: ValueKind.Not or ValueKind.And or ValueKind.Or or ValueKind.Xor } =>
            depth > 0 && Array.TrueForAll(value.Operands, o => o.Type.Width == value.Type.Width && IsJoined(o, depth - 1)),
        _ => false,
    };

    private static Value Lane(ValueTable table, Value value, int lane) => value switch
    {
        { Kind: ValueKind.LaneConcat } => value.Operands[lane],
        { Kind: ValueKind.Constant } => table.Constant(value.Type.WithLanes(1), value.Integers[value.Type.Lanes == 1 ? 0 : lane]),
        { Shape: Shape.Scalar } => value,
        _ => table.Operation(value.Kind, value.Type.WithLanes(1), [.. value.Operands.Select(o => Lane(table, o, lane))]),
    };
}
