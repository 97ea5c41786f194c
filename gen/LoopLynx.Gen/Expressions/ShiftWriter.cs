using System.Numerics;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>Writes shifts. A constant amount is wiring; an amount of many bits is compared first, because tools shift by 32 bits at most.</summary>
internal sealed class ShiftWriter(Scope scope)
{
    /// <summary>Widest amount that all tools shift by.</summary>
    private const int WidestAmount = 31;

    /// <summary><c>a * 2^b</c> in <paramref name="width"/> bits.</summary>
    public Expr Left(BinaryNode node, int width)
    {
        var (a, b) = (node.Operands[0], node.Operands[1]);
        if (b is ConstNode { IsUniform: true } c)
        {
            return LeftBy(a, c.Values[0], width);
        }

        var value = scope.Writer.At(a, width);
        var (amount, beyond) = Amount(b, width);
        var shifted = new Expr($"{value.Tight} << {amount.Tight}", value.Signed, "<<");
        return beyond is null ? shifted : OperationWriter.Choice(beyond.Value, Literal.Of(0, width, signed: false), shifted);
    }

    /// <summary><c>floor(a / 2^b)</c> in <paramref name="width"/> bits.</summary>
    public Expr Right(BinaryNode node, int width, bool whole)
    {
        var (a, b) = (node.Operands[0], node.Operands[1]);
        if (b is ConstNode { IsUniform: true } c)
        {
            return RightBy(a, c.Values[0], width);
        }

        // The bits that are shifted in come from above the result, so the shift is done in the wider of the two widths.
        var full = Math.Max(scope.WidthOf(a), width);
        var signed = a.Type.Signed;
        var (amount, beyond) = Amount(b, full);
        var fill = beyond is null ? default : signed ? Sign(a, width) : Literal.Of(0, width, signed: false);
        var value = scope.Writer.At(a, full);
        var shifted = new Expr(signed ? $"{value.Seen(true).Tight} >>> {amount.Tight}" : $"{value.Tight} >> {amount.Tight}", signed, ">>");
        if (full == width && beyond is null && (whole || !signed))
        {
            return shifted;
        }

        // The name keeps the arithmetic shift from being read as unsigned where it is used.
        var net = scope.Temporary(node, "shifted", new HdlType(full, signed), shifted);
        var low = net.Source.Bits(0, width);
        return beyond is null ? low : OperationWriter.Choice(beyond.Value, fill, low);
    }

    private Expr LeftBy(Node a, BigInteger amount, int width)
    {
        if (amount >= width)
        {
            return Literal.Of(0, width, signed: false);
        }

        var kept = width - (int)amount;
        return amount.IsZero ? scope.Writer.At(a, width)
            : new($"{{{scope.Writer.At(a, kept).Text}, {Literal.Zero((int)amount)}}}", Signed: false);
    }

    private Expr RightBy(Node a, BigInteger amount, int width)
    {
        var own = scope.WidthOf(a);
        if (amount.IsZero)
        {
            return scope.Writer.At(a, width);
        }

        if (amount >= own)
        {
            return a.Type.Signed ? Sign(a, width) : Literal.Of(0, width, signed: false);
        }

        var left = own - (int)amount;
        var source = scope.Select(a).Part((int)amount, Math.Min(left, width));
        return source.Extended(width, a.Type.Signed);
    }

    private Expr Sign(Node a, int width)
    {
        var source = scope.Select(a);
        return source.Part(source.Width - 1, 1).Extended(width, signed: true);
    }

    /// <summary>The amount in a width that tools accept, and when that isn't the whole amount, the condition that it is larger.</summary>
    private (Expr Amount, Expr? Beyond) Amount(Node b, int width)
    {
        var own = scope.WidthOf(b);
        if (own <= WidestAmount)
        {
            return (scope.Writer.At(b, own), null);
        }

        var enough = BitOperations.Log2((uint)width) + 1;
        var source = scope.Select(b);
        return (source.Bits(0, enough), new Expr($"|{source.Bits(enough, own - enough).Text}", Signed: false, Expr.Unary));
    }
}
