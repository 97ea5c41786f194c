using System.Numerics;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>
/// Writes comparisons. Both sides get the width of the wider; a constant takes the width of the other side, and a comparison that the
/// types decide becomes a literal, because tools warn about those.
/// </summary>
internal sealed class ComparisonWriter(Scope scope)
{
    /// <summary>One comparison of a lane.</summary>
    public Expr Write(BinaryNode node)
    {
        var (a, b) = (node.Operands[0], node.Operands[1]);
        if (Decided(node) is { } known)
        {
            return Literal.Of(known ? 1 : 0, 1, signed: false);
        }

        // The type of the side that is not constant holds the constant, or the comparison would be decided.
        var width = IsOne(a) == IsOne(b) ? Math.Max(a.Type.Width, b.Type.Width) : IsOne(a) ? b.Type.Width : a.Type.Width;
        var left = Side(a, width);
        var right = Side(b, width);
        var symbol = node.Op switch { BinaryOp.Equal => "==", BinaryOp.NotEqual => "!=", BinaryOp.Less => "<", _ => "<=" };
        if (node.Op is BinaryOp.Less or BinaryOp.LessOrEqual)
        {
            (left, right) = (left.Seen(a.Type.Signed), right.Seen(b.Type.Signed));
        }

        return new($"{left.In(symbol)} {symbol} {right.In(symbol)}", Signed: false, symbol);
    }

    private Expr Side(Node node, int width) =>
        node is ConstNode { IsUniform: true, Name: null } c ? Literal.Of(c.Values[0], width, c.Type.Signed) : scope.Writer.At(node, width);

    private static bool IsOne(Node node) => node is ConstNode { IsUniform: true };

    private static bool? Decided(BinaryNode node)
    {
        var (lowA, highA) = Range(node.Operands[0]);
        var (lowB, highB) = Range(node.Operands[1]);
        var apart = highA < lowB || highB < lowA;
        return node.Op switch
        {
            BinaryOp.Equal => apart ? false : null,
            BinaryOp.NotEqual => apart ? true : null,
            BinaryOp.Less => highA < lowB ? true : lowA >= highB ? false : null,
            _ => highA <= lowB ? true : lowA > highB ? false : null,
        };
    }

    private static (BigInteger Low, BigInteger High) Range(Node node) =>
        node is ConstNode { IsUniform: true } c ? (c.Values[0], c.Values[0]) : (node.Type.Min, node.Type.Max);
}
