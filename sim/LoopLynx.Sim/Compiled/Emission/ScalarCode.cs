using System.Globalization;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>One lane of a lane-wise operation as a C# expression.</summary>
internal static class ScalarCode
{
    /// <summary>The expression from the operands' expressions, which are canonical (extended by their signedness).</summary>
    public static Expr Of(Value value, IReadOnlyList<Expr> x)
    {
        var to = ScalarType.Of(value.Type);
        var a = value.Operands[0];
        return value.Kind switch
        {
            ValueKind.Not when value.Type.Width == 1 && !value.Type.Signed => x[0].Bool is { } test ? Expr.Test($"!{test}") : Expr.Of($"({x[0].Text} ^ 1u)"),
            ValueKind.Not => Expr.Of(value.Type.Signed ? $"(~{x[0].Text})" : $"({x[0].Text} ^ {to.Literal(value.Type.Max)})"),
            ValueKind.Negate => Expr.Of(Wrapped(value, to, $"(-{In(to.Signed ? to : to with { Signed = true }, a, x[0])})", to with { Signed = true })),
            ValueKind.Add => Arithmetic(value, to, x, "+"),
            ValueKind.Subtract => Arithmetic(value, to, x, "-"),
            ValueKind.Multiply => Arithmetic(value, to, x, "*"),
            ValueKind.And => Bitwise(value, to, x, "&"),
            ValueKind.Or => Bitwise(value, to, x, "|"),
            ValueKind.Xor => Bitwise(value, to, x, "^"),
            ValueKind.Equal => Compare(value, x, "=="),
            ValueKind.NotEqual => Compare(value, x, "!="),
            ValueKind.Less => Compare(value, x, "<"),
            ValueKind.LessOrEqual => Compare(value, x, "<="),
            ValueKind.ShiftLeft => Expr.Of(Wrapped(value, to, ShiftLeft(value, to, x), to)),
            ValueKind.ShiftRight => Expr.Of(ShiftRight(value, to, x)),
            ValueKind.Mux => Mux(value, x),
            ValueKind.Concat => Concat(value, to, x),
            ValueKind.Slice => Slice(value, to, x[0]),
            ValueKind.Resize => Expr.Of(Resize(value, to, x[0].Text)),
            _ => throw new InvalidOperationException($"{value.Kind} is not an expression"),
        };
    }

    /// <summary>Another width or signedness of an expression with the operand's range.</summary>
    public static string Resize(Value value, ScalarType to, string text)
    {
        var (min, max) = Ranges.Of(value.Operands[0]);
        return to.Wrap(to.Convert(text, ScalarType.Of(value.Operands[0].Type)), value.Type, min, max);
    }

    private static string In(ScalarType to, Value operand, Expr expression) => to.Convert(expression.Text, ScalarType.Of(operand.Type));

    private static string Wrapped(Value value, ScalarType to, string text, ScalarType computed)
    {
        var (min, max) = Ranges.Exact(value);
        return to.Wrap(to.Convert(text, computed), value.Type, min, max);
    }

    private static Expr Arithmetic(Value value, ScalarType to, IReadOnlyList<Expr> x, string op) =>
        Expr.Of(Wrapped(value, to, $"({In(to, value.Operands[0], x[0])} {op} {In(to, value.Operands[1], x[1])})", to));

    private static Expr Bitwise(Value value, ScalarType to, IReadOnlyList<Expr> x, string op) =>
        value.Type.IsBit && x[0].Bool is not null && x[1].Bool is not null && value.Operands[0].Type.IsBit && value.Operands[1].Type.IsBit
            ? Expr.Test($"({x[0].Bool} {op} {x[1].Bool})")
            : Arithmetic(value, to, x, op);

    private static Expr Compare(Value value, IReadOnlyList<Expr> x, string op)
    {
        var (a, b) = (value.Operands[0], value.Operands[1]);
        if (op is "==" or "!=" && a.Type.Width == 1 && !a.Type.Signed && b.IsUniform && !b.Type.Signed)
        {
            return (op == "==") == b.Integers[0].IsOne ? Expr.Test(x[0].Condition) : b.Integers[0] <= 1 ? Expr.Test($"!{x[0].Condition}") : Expr.Test(op == "==" ? "false" : "true");
        }

        var (ta, tb) = (ScalarType.Of(a.Type), ScalarType.Of(b.Type));
        var common = ta.Bits >= tb.Bits ? ta : tb;
        return Expr.Test($"({In(common, a, x[0])} {op} {In(common, b, x[1])})");
    }

    // C# takes shift amounts modulo the operand's bits.
    private static string ShiftLeft(Value value, ScalarType to, IReadOnlyList<Expr> x)
    {
        var (_, max) = Ranges.Of(value.Operands[1]);
        var shifted = $"({In(to, value.Operands[0], x[0])} << (int)({x[1].Text}))";
        return max < to.Bits ? shifted : $"({x[1].Text} < {to.Bits} ? {shifted} : {to.Literal(0)})";
    }

    private static string ShiftRight(Value value, ScalarType to, IReadOnlyList<Expr> x)
    {
        var a = ScalarType.Of(value.Operands[0].Type);
        var (_, max) = Ranges.Of(value.Operands[1]);
        var shifted = $"({x[0].Text} >> (int)({x[1].Text}))";
        if (max >= a.Bits)
        {
            shifted = $"({x[1].Text} < {a.Bits} ? {shifted} : {(a.Signed ? $"({x[0].Text} >> {a.Bits - 1})" : a.Literal(0))})";
        }

        var (least, most) = Ranges.Exact(value);
        return to.Wrap(to.Convert(shifted, a), value.Type, least, most);
    }

    private static Expr Mux(Value value, IReadOnlyList<Expr> x) => value.Type.IsBit && x[1].Bool is not null && x[2].Bool is not null
        ? Expr.Test($"({x[0].Condition} ? {x[1].Bool} : {x[2].Bool})")
        : Expr.Of($"({x[0].Condition} ? {x[1].Text} : {x[2].Text})");

    private static Expr Concat(Value value, ScalarType to, IReadOnlyList<Expr> x)
    {
        var terms = new List<string>();
        var low = 0;
        for (var i = value.Operands.Length - 1; i >= 0; i--)
        {
            var part = value.Operands[i];
            var bits = Bits(part, to, x[i].Text);
            terms.Add(low == 0 ? bits : string.Create(CultureInfo.InvariantCulture, $"({bits} << {low})"));
            low += part.Type.Width;
        }

        return Expr.Of($"({string.Join(" | ", terms)})");
    }

    /// <summary>The bits of a lane, zero-extended, in an unsigned type that holds them.</summary>
    public static string Bits(Value part, ScalarType to, string text)
    {
        var converted = to.Convert(text, ScalarType.Of(part.Type));
        return part.Type.Signed && part.Type.Width < to.Bits ? $"({converted} & {to.Literal((BigInteger.One << part.Type.Width) - 1)})" : converted;
    }

    private static Expr Slice(Value value, ScalarType to, Expr a)
    {
        var operand = value.Operands[0];
        var from = ScalarType.Of(operand.Type).Unsigned;
        var text = from.Convert(a.Text, ScalarType.Of(operand.Type));
        if (value.Parameter > 0)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"({text} >> {value.Parameter})");
        }

        var top = value.Parameter + value.Type.Width;
        var exact = operand.Type.Signed ? top == from.Bits : top == operand.Type.Width;
        return Expr.Of(to.Convert(exact ? text : $"({text} & {from.Literal(value.Type.Max)})", from));
    }
}
