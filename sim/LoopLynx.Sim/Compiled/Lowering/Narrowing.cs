using LoopLynx.Hdl;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>
/// Computes no more bits than are used: exact results that are cut to fewer bits need only those bits of their operands.
/// <code>
/// before: truncate(add(extend(a, 33), extend(b, 33)): 33, 32)      after: add(a, b): 32
/// </code>
/// </summary>
internal static class Narrowing
{
    /// <summary>The value resized in a cheaper way than by a resize operation, or null.</summary>
    public static Value? Of(ValueTable table, HdlType type, Value value)
    {
        if (value.Kind == ValueKind.Resize && (value.Type.Width >= type.Width || (value.Type.Holds(value.Operands[0].Type.Min) && value.Type.Holds(value.Operands[0].Type.Max))))
        {
            return table.Resize(type, value.Operands[0]);
        }

        if (type.Width > value.Type.Width || type.Lanes != value.Type.Lanes)
        {
            return null;
        }

        switch (value.Kind)
        {
            case ValueKind.Add or ValueKind.Subtract or ValueKind.Multiply or ValueKind.And or ValueKind.Or or ValueKind.Xor:
                return table.Operation(value.Kind, type, Cut(table, type, value.Operands[0]), Cut(table, type, value.Operands[1]));
            case ValueKind.Negate:
                return table.Operation(value.Kind, type, Cut(table, type, value.Operands[0]));
            case ValueKind.ShiftLeft:
                return table.Operation(value.Kind, type, Cut(table, type, value.Operands[0]), value.Operands[1]);
            default:
                return null;
        }
    }

    // Operands keep their signedness: they are extended by it where they are narrower.
    private static Value Cut(ValueTable table, HdlType type, Value operand) =>
        operand.Type.Width > type.Width ? table.Resize(operand.Type.WithWidth(type.Width), operand) : operand;
}
