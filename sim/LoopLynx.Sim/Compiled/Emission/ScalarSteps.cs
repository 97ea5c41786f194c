using System.Globalization;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Scalars: expressions of other scalars, and loads from lanes, words and memory rows.</summary>
internal sealed class ScalarSteps(StepContext context)
{
    private const int TableKeys = 8;

    public Expr Expression(Value value) => value.Kind switch
    {
        ValueKind.ReadRow => ReadRow(value),
        ValueKind.LaneMap => StepContext.Load(context.Address(value.Operands[0]).Plus(value.Map[0] * LaneStorage.ElementBytes(value.Type.Width)), value.Type),
        ValueKind.LaneSelect => StepContext.Load(context.Address(value.Operands[0]).Plus(RunOffset(value)), value.Type),
        ValueKind.Reinterpret => StepContext.Load(context.Address(value.Operands[0]), value.Type),
        ValueKind.Case => Case(value),
        ValueKind.Slice or ValueKind.Resize when value.Operands[0].Shape == Shape.Wide => Bits(value),
        ValueKind.Equal or ValueKind.NotEqual or ValueKind.Less or ValueKind.LessOrEqual when value.Operands[0].Shape == Shape.Wide => Compare(value),
        _ => ScalarCode.Of(value, [.. value.Operands.Select(context.Scalar)]),
    };

    /// <summary>The pointer of a dynamic view.</summary>
    public string Pointer(Value value) => value.Kind switch
    {
        ValueKind.ReadRow => RowPointer(value),
        ValueKind.LaneSelect => context.Address(value.Operands[0]).Plus(RunOffset(value)).ToString(),
        ValueKind.Mux => $"{context.Scalar(value.Operands[0]).Condition} ? {context.Address(value.Operands[1])} : {context.Address(value.Operands[2])}",
        ValueKind.Case => Switch(value, operand => context.Address(operand).ToString()),
        _ => throw new InvalidOperationException($"{value.Kind} is not a pointer"),
    };

    /// <summary>Byte offset of an addressed row; the address is inside.</summary>
    public static string RowOffset(string address, int rowBytes) => string.Create(CultureInfo.InvariantCulture, $"(nint)({address}) * {rowBytes}");

    private Expr ReadRow(Value value)
    {
        var row = new Address("s", context.Layout.Offset(value.Memory!));
        var rowBytes = StateLayout.RowBytes(value.Memory!);
        var depth = value.Memory!.Depth;
        if (Ranges.Of(value.Operands[0]).Max < depth)
        {
            return StepContext.Load(row.Plus(RowOffset(context.Scalar(value.Operands[0]).Text, rowBytes)), value.Type);
        }

        var address = context.Repeatable(value.Operands[0]);
        return Expr.Of($"({address} < {depth} ? {StepContext.LoadText(row.Plus(RowOffset(address, rowBytes)), value.Type)} : {ScalarType.Of(value.Type).Literal(0)})");
    }

    private string RowPointer(Value value)
    {
        var row = new Address("s", context.Layout.Offset(value.Memory!));
        var rowBytes = StateLayout.RowBytes(value.Memory!);
        var depth = value.Memory!.Depth;
        if (Ranges.Of(value.Operands[0]).Max < depth)
        {
            return row.Plus(RowOffset(context.Scalar(value.Operands[0]).Text, rowBytes)).ToString();
        }

        var address = context.Repeatable(value.Operands[0]);
        return $"{address} < {depth} ? {row.Plus(RowOffset(address, rowBytes))} : {new Address("s", context.Memory.Zeros(value.Type))}";
    }

    private string RunOffset(Value value)
    {
        var runs = value.Operands[0].Type.Lanes / value.Type.Lanes;
        var bytes = LaneStorage.Bytes(value.Type);
        if (Ranges.Of(value.Operands[1]).Max < runs)
        {
            return RowOffset(context.Scalar(value.Operands[1]).Text, bytes);
        }

        var index = context.Repeatable(value.Operands[1]);
        return RowOffset($"{index} < {runs} ? {index} : {runs - 1}", bytes);
    }

    private Expr Case(Value value)
    {
        var selector = value.Operands[0];
        var constant = value.Operands.Skip(1).All(o => o.Kind == ValueKind.Constant);
        if (!constant || value.Integers.Length < TableKeys || selector.Type.Signed || value.Integers.Max() >= 4 * value.Integers.Length)
        {
            return Expr.Of($"({Switch(value, operand => context.Scalar(operand).Text)})");
        }

        // A table of constants; keys that aren't listed hold the default.
        var rows = (int)value.Integers.Max() + 1;
        var element = LaneStorage.ElementBytes(value.Type.Width);
        var bytes = new byte[rows * element];
        for (var key = 0; key < rows; key++)
        {
            var arm = Array.IndexOf(value.Integers, key);
            LaneStorage.Write(bytes, value.Type, key, value.Operands[arm < 0 ? 1 : arm + 2].Integers[0]);
        }

        var table = new Address("s", context.Memory.Constant(bytes));
        var index = context.Repeatable(selector);
        var load = StepContext.LoadText(table.Plus(RowOffset(index, element)), value.Type);
        return Expr.Of(Ranges.Of(selector).Max < rows ? load : $"({index} < {rows} ? {load} : {context.Scalar(value.Operands[1]).Text})");
    }

    private string Switch(Value value, Func<Value, string> arm)
    {
        var selector = value.Operands[0];
        var type = ScalarType.Of(selector.Type);
        var arms = value.Integers.Select((key, i) => $"{type.Literal(key)} => {arm(value.Operands[i + 2])}");

        // A switch expression must not have an arm that can't be reached; C# doesn't count values, so the default never is.
        return $"{context.Scalar(selector).Text} switch {{ {string.Join(", ", arms.Append($"_ => {arm(value.Operands[1])}"))} }}";
    }

    private Expr Bits(Value value)
    {
        var to = ScalarType.Of(value.Type);
        var word = new ScalarType(64, value.Type.Signed && value.Kind == ValueKind.Resize);
        var bits = WordCode.Bits(context.Address(value.Operands[0]), LaneStorage.ElementBytes(value.Operands[0].Type.Width), value.Parameter, value.Type.Width);
        if (!value.Type.Signed || value.Type.Width == 64)
        {
            return Expr.Of(to.Convert(bits, word.Unsigned));
        }

        // The bits are zero-extended; shift them up and back for the sign.
        var shift = 64 - value.Type.Width;
        return Expr.Of(to.Convert($"((long)({bits}) << {shift} >> {shift})", word));
    }

    private Expr Compare(Value value)
    {
        var test = value.Kind switch
        {
            ValueKind.Equal => "== 0",
            ValueKind.NotEqual => "!= 0",
            ValueKind.Less => "< 0",
            _ => "<= 0",
        };
        return Expr.Test($"(WideWords.Compare({WordCode.Argument(context, value.Operands[0])}, {WordCode.Argument(context, value.Operands[1])}) {test})");
    }
}
