using LoopLynx.Hdl;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>Decides the <see cref="ValueForm"/> of a value from its operation and types.</summary>
internal static class Forms
{
    // Lanes of an irregular permutation that is written out register by register.
    private const int MaximumUnrolled = 128;

    public static ValueForm Of(Value value, bool vectors) => value.Kind switch
    {
        ValueKind.Constant => ValueForm.Constant,
        ValueKind.State => ValueForm.State,
        _ => value.Shape == Shape.Scalar ? OfScalar(value) : OfMemory(value, vectors),
    };

    /// <summary>Whether lanes fill their elements, so that memory holds the packed bits.</summary>
    public static bool IsDense(HdlType type) => type.Width == 8 * LaneStorage.ElementBytes(type.Width);

    /// <summary>Whether the lanes of a map are neighbours in the operand.</summary>
    public static bool IsContiguous(Value map)
    {
        for (var lane = 1; lane < map.Map.Length; lane++)
        {
            if (map.Map[lane] != map.Map[0] + lane)
            {
                return false;
            }
        }

        return true;
    }

    // Full elements taken as signed or unsigned are the same bytes; lanes that are computed anyway are converted in registers.
    private static bool IsSameElements(Value resize) => IsDense(resize.Type) && IsRow(resize.Operands[0]) && resize.Operands[0].Form != ValueForm.Constant
        && resize.Type.Width == resize.Operands[0].Type.Width && resize.Type.Lanes == resize.Operands[0].Type.Lanes;

    private static ValueForm OfScalar(Value value)
    {
        var wide = Array.Exists(value.Operands, o => o.Shape == Shape.Wide);
        return value.Kind switch
        {
            ValueKind.Reduce => ValueForm.ScalarBlock,
            ValueKind.Reinterpret => IsDense(value.Type) && IsDense(value.Operands[0].Type) ? ValueForm.Scalar : ValueForm.ScalarBlock,
            ValueKind.Slice or ValueKind.Resize => ValueForm.Scalar,
            ValueKind.Equal or ValueKind.NotEqual or ValueKind.Less or ValueKind.LessOrEqual =>
                Array.TrueForAll(value.Operands, o => o.Shape == Shape.Wide) ? ValueForm.Scalar : wide ? ValueForm.ScalarBlock : ValueForm.Scalar,
            ValueKind.LaneMap or ValueKind.LaneSelect or ValueKind.ReadRow => ValueForm.Scalar,
            _ => wide ? ValueForm.ScalarBlock : ValueForm.Scalar,
        };
    }

    private static ValueForm OfMemory(Value value, bool vectors) => value.Kind switch
    {
        ValueKind.ReadRow or ValueKind.LaneSelect or ValueKind.Case => ValueForm.DynamicView,
        ValueKind.LaneMap when IsContiguous(value) => ValueForm.StaticView,
        ValueKind.Reinterpret when IsDense(value.Type) && IsDense(value.Operands[0].Type) && value.Operands[0].Shape != Shape.Scalar => ValueForm.StaticView,
        ValueKind.Resize when IsSameElements(value) => ValueForm.StaticView,
        ValueKind.LaneMap when vectors && value.Shape == Shape.Lanes && (value.Map.Length <= MaximumUnrolled || LanePattern.IsRegular(value.Map)) => ValueForm.Lane,
        ValueKind.LaneMap or ValueKind.LaneConcat or ValueKind.Reinterpret or ValueKind.Reduce or ValueKind.Concat => ValueForm.Block,
        ValueKind.Mux when value.Operands[0].Type.Lanes == 1 && (value.Shape == Shape.Wide || (IsRow(value.Operands[1]) && IsRow(value.Operands[2]))) => ValueForm.DynamicView,
        _ => value.Shape == Shape.Wide || Array.Exists(value.Operands, o => o.Shape == Shape.Wide) ? ValueForm.Block : ValueForm.Lane,
    };

    // Something that lies in memory anyway, with all lanes: a multiplexer of such only chooses a pointer.
    private static bool IsRow(Value value) => value.Type.Lanes > 1
        && (value.Form is ValueForm.State or ValueForm.StaticView or ValueForm.DynamicView || (value.Form == ValueForm.Constant && !value.IsUniform));
}
