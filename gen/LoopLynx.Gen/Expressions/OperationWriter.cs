using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>
/// Writes one operation in exact widths. Sums, products and the like may be asked for fewer bits than their type has:
/// their low bits depend only on the low bits of their operands, so <c>(a + b).Truncate(8)</c> needs no nine-bit net.
/// </summary>
internal sealed class OperationWriter(Scope scope)
{
    private readonly ShiftWriter _shifts = new(scope);
    private readonly ComparisonWriter _comparisons = new(scope);

    /// <summary>Multipliers of at least this many bits on both sides ask for DSP blocks.</summary>
    public const int SmallestDspOperand = 6;

    /// <summary>Whether the low bits of the result depend only on the low bits of the operands.</summary>
    public static bool KeepsLowBits(Node node) => node is
        UnaryNode or MuxNode or ResizeNode
        or BinaryNode
        {
            Op: BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Multiply or BinaryOp.And or BinaryOp.Or or BinaryOp.Xor or BinaryOp.ShiftLeft
        };

    /// <summary>The attribute of the net that holds the operation's result, or empty.</summary>
    public static string Attribute(Node node) =>
        node is BinaryNode { Op: BinaryOp.Multiply } && node.Operands.All(o => o is not ConstNode && o.Type.Width >= SmallestDspOperand)
            ? "(* use_dsp = \"yes\" *)"
            : "";

    /// <summary>The value's integer wrapped to <paramref name="width"/> bits, as a self-determined operand.</summary>
    public Expr At(Node node, int width)
    {
        if (node.Type.Lanes == 1 && scope != scope.Module)
        {
            return scope.Module.Writer.At(node, width);
        }

        var own = scope.WidthOf(node);
        if (own == width)
        {
            return scope.Operand(node);
        }

        if (node is ConstNode c && c.IsUniform)
        {
            return Literal.Of(c.Values[0], width, c.Type.Signed);
        }

        if (own > width)
        {
            return KeepsLowBits(node) && scope.CanAbsorb(node) ? Write(node, width, whole: false) : scope.Select(node).Bits(0, width);
        }

        return node.Type.Signed ? scope.Select(node).Extended(width, signed: true)
            : new($"{{{Literal.Zero(width - own)}, {scope.Operand(node).Text}}}", Signed: false);
    }

    /// <summary>
    /// The operation in <paramref name="width"/> bits: its own width, or fewer where it <see cref="KeepsLowBits"/>.
    /// With <paramref name="whole"/> the text is the whole right-hand side of an assignment to a net of that width.
    /// </summary>
    public Expr Write(Node node, int width, bool whole) => node switch
    {
        UnaryNode u => Unary(u, width),
        BinaryNode { Op: BinaryOp.Add or BinaryOp.Subtract } b => Sum(b, width, whole),
        BinaryNode { Op: BinaryOp.Multiply } b => Product(b, width, whole),
        BinaryNode { Op: BinaryOp.And or BinaryOp.Or or BinaryOp.Xor } b => Bitwise(b, width),
        BinaryNode { Op: BinaryOp.ShiftLeft } b => _shifts.Left(b, width),
        BinaryNode { Op: BinaryOp.ShiftRight } b => _shifts.Right(b, width, whole),
        BinaryNode b => _comparisons.Write(b),
        MuxNode m => Choice(At(m.Operands[0], 1), At(m.Operands[1], width), At(m.Operands[2], width)),
        ResizeNode r => Resize(r, width),
        SliceNode s => Slice(s, width),
        _ => VectorWriter.Write(scope.Module, node),
    };

    /// <summary><c>select ? a : b</c></summary>
    public static Expr Choice(Expr select, Expr whenTrue, Expr whenFalse) => new(
        $"{select.Tight} ? {(whenTrue.Operator == Expr.Choice ? $"({whenTrue.Text})" : whenTrue.Text)} : {whenFalse.Text}",
        whenTrue.Signed && whenFalse.Signed, Expr.Choice);

    private Expr Unary(UnaryNode node, int width)
    {
        var a = At(node.Operands[0], width);
        var symbol = node.Op == UnaryOp.Negate ? "-" : width == 1 ? "!" : "~";
        return new(symbol + a.Tight, a.Signed && symbol != "!", Expr.Unary);
    }

    private Expr Bitwise(BinaryNode node, int width)
    {
        var symbol = node.Op switch { BinaryOp.And => "&", BinaryOp.Or => "|", _ => "^" };
        return Join(symbol, At(node.Operands[0], width), At(node.Operands[1], width));
    }

    /// <summary>A sum of operands one bit narrower than the result leans on the context to grow, which every tool takes without a width warning.</summary>
    private Expr Sum(BinaryNode node, int width, bool whole)
    {
        var symbol = node.Op == BinaryOp.Add ? "+" : "-";
        var (a, b) = (node.Operands[0], node.Operands[1]);
        if (whole && a.Type.Signed == b.Type.Signed && Grows(a, width) && Grows(b, width))
        {
            return Join(symbol, scope.Operand(a).Sized(a.Type.Signed), scope.Operand(b).Sized(b.Type.Signed));
        }

        return Join(symbol, At(a, width), At(b, width));
    }

    private bool Grows(Node operand, int width) => scope.WidthOf(operand) == width - 1;

    /// <summary>
    /// A product of native operands, from which tools infer DSP blocks of the right size. It leans on the context,
    /// so it is a whole right-hand side or gets a net.
    /// </summary>
    private Expr Product(BinaryNode node, int width, bool whole)
    {
        var (a, b) = (node.Operands[0], node.Operands[1]);
        if (a.Type.Signed != b.Type.Signed || (scope.WidthOf(a) >= width && scope.WidthOf(b) >= width))
        {
            return Join("*", At(a, width), At(b, width));
        }

        var product = Join("*", Factor(a, width).Sized(a.Type.Signed), Factor(b, width).Sized(b.Type.Signed));
        if (whole)
        {
            return product;
        }

        var net = scope.Temporary(node, "product", new HdlType(width, node.Type.Signed), product);
        net.Attribute = Attribute(node);
        return net.Whole;
    }

    private Expr Factor(Node operand, int width) => At(operand, Math.Min(width, scope.WidthOf(operand)));

    private Expr Slice(SliceNode node, int width)
    {
        var a = node.Operands[0];
        return node.Low == 0 ? At(a, width) : scope.Select(a).Bits(node.Low, width);
    }

    private Expr Resize(ResizeNode node, int width)
    {
        var a = node.Operands[0];
        if (scope != scope.Module || node.Type.Lanes == 1)
        {
            return At(a, width);
        }

        return a.Type.Lanes == node.Type.Lanes ? scope.Operand(a)
            : new($"{{{node.Type.Lanes}{{{At(a, node.Type.Width).Text}}}}}", Signed: false);
    }

    private static Expr Join(string symbol, Expr a, Expr b) => new($"{a.In(symbol)} {symbol} {b.In(symbol)}", a.Signed && b.Signed, symbol);
}
