using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>This part: result types of operators, and the checks of their operands.</summary>
internal sealed partial class Builder
{
    public Signal Arithmetic(BinaryOp op, Signal a, Signal b)
    {
        var (x, y) = Pair(a, b, Symbol(op));
        var lanes = Math.Max(x.Type.Lanes, y.Type.Lanes);
        var width = Math.Max(x.Type.Width, y.Type.Width);
        var type = op switch
        {
            BinaryOp.Add => new HdlType(width + 1, x.Type.Signed, lanes),
            BinaryOp.Subtract => new HdlType(width + 1, true, lanes),
            BinaryOp.Multiply => new HdlType(x.Type.Width + y.Type.Width, x.Type.Signed, lanes),
            _ => new HdlType(width, x.Type.Signed, lanes),
        };
        return Wrap(Arena.Binary(type, op, x, y));
    }

    public Signal Compare(BinaryOp op, Signal a, Signal b, string symbol)
    {
        var (x, y) = Pair(a, b, symbol);
        return Wrap(Arena.Binary(new HdlType(1, false, Math.Max(x.Type.Lanes, y.Type.Lanes)), op, x, y));
    }

    public Signal Negate(Signal a)
    {
        var x = Resolve(a);
        return Wrap(Arena.Unary(new HdlType(x.Type.Width + 1, true, x.Type.Lanes), UnaryOp.Negate, x));
    }

    public Signal Not(Signal a)
    {
        var x = Resolve(a);
        return Wrap(Arena.Unary(x.Type, UnaryOp.Not, x));
    }

    public Signal Shift(BinaryOp op, Signal a, int bits)
    {
        var x = Resolve(a);
        if (bits < 0)
        {
            Report("HDL0106", $"{Describe(x)} is shifted by {bits} bits", default, "shift the other way by a positive number");
            return a;
        }

        var width = op == BinaryOp.ShiftLeft ? x.Type.Width + bits : Math.Max(1, x.Type.Width - bits);
        return bits == 0 ? a : Wrap(Arena.Binary(x.Type.WithWidth(width), op, x, LiteralNode(bits, false)));
    }

    public Signal DynamicShift(BinaryOp op, Signal a, Signal amount, int width)
    {
        var x = Resolve(a);
        var y = Resolve(amount);
        if (y.Type.Signed)
        {
            Report("HDL0106", $"the shift amount is {y.Type}, which is signed", default, "use an unsigned amount");
            y = Arena.Resize(y.Type with { Signed = false }, y);
        }

        if (width < 1)
        {
            Report("HDL0108", $"ShiftLeft to {width} bits doesn't fit {Describe(x)}", default, "a signal is at least one bit wide");
            width = x.Type.Width;
        }

        (x, y) = Align(x, y);
        return Wrap(Arena.Binary(new HdlType(width, x.Type.Signed, LanesOf("shift", x, y)), op, x, y));
    }

    public Signal Slice(Signal a, int low, int width)
    {
        var x = Resolve(a);
        if (low < 0 || width < 1 || low + width > x.Type.Width)
        {
            Report("HDL0107", $"bits {low} to {low + width - 1} are not all in {Describe(x)}", default, $"valid bits are 0 to {x.Type.Width - 1}");
            return Wrap(Arena.Const(new HdlType(Math.Max(1, width), false, x.Type.Lanes), 0));
        }

        return Wrap(Arena.Slice(new HdlType(width, false, x.Type.Lanes), x, low));
    }

    public Signal Resize(Signal a, HdlType type, bool allowNarrow, string what)
    {
        var x = Resolve(a);
        if (type.Width < 1 || (!allowNarrow && type.Width < x.Type.Width) || (what == "Truncate" && type.Width > x.Type.Width))
        {
            Report("HDL0108", $"{what}({type.Width}) doesn't fit {Describe(x)}", default,
                what == "Truncate" ? "use Extend to make it wider" : "use Truncate or Saturate to make it narrower");
            type = type.WithWidth(Math.Max(1, type.Width));
        }

        return Wrap(Arena.Resize(type, x));
    }

    public Signal Mux(Signal select, Signal whenTrue, Signal whenFalse)
    {
        var s = Resolve(select);
        if (s.Type.Width != 1 || s.Type.Signed)
        {
            Report("HDL0109", $"the selector of a multiplexer is {Describe(s)}, not bits", default, "compare it with something, for example != 0");
            s = Arena.Const(new HdlType(1, false), 0);
        }

        var (t, f) = Pair(whenTrue, whenFalse, "Mux");
        var lanes = Math.Max(s.Type.Lanes, LanesOf("Mux", t, f));
        if (s.Type.Lanes != 1 && s.Type.Lanes != lanes)
        {
            Report("HDL0102", $"the selector has {s.Type.Lanes} lanes, the values have {lanes}", default, "use one selector bit, or one a lane");
            s = Arena.LaneMap(s.Type.WithLanes(1), s, [0]);
        }

        var operands = Align([s, t, f]);
        (s, t, f) = (operands[0], operands[1], operands[2]);
        return Wrap(Arena.Mux(new HdlType(Math.Max(t.Type.Width, f.Type.Width), t.Type.Signed, lanes), s, t, f));
    }

    public Signal Reduce(ReduceOp op, Signal a, int group)
    {
        var x = Resolve(a);
        if (group < 1 || x.Type.Lanes % group != 0)
        {
            Report("HDL0110", $"{x.Type.Lanes} lanes can't be combined in groups of {group}", default, "the group must divide the number of lanes");
            group = x.Type.Lanes;
        }

        var grow = op == ReduceOp.Add ? BitOperations.Log2((uint)group) + (BitOperations.IsPow2(group) ? 0 : 1) : 0;
        return Wrap(Arena.Reduce(new HdlType(x.Type.Width + grow, x.Type.Signed, x.Type.Lanes / group), op, x, group));
    }

    public Signal LaneMap(Signal a, IEnumerable<int> map)
    {
        var x = Resolve(a);
        ImmutableArray<int> lanes = [.. map];
        if (lanes.IsEmpty || lanes.Any(lane => lane < 0 || lane >= x.Type.Lanes))
        {
            Report("HDL0111", $"lanes {string.Join(", ", lanes.Take(8))} are not all in {Describe(x)}", default, $"valid lanes are 0 to {x.Type.Lanes - 1}");
            lanes = [0];
        }

        return Wrap(Arena.LaneMap(x.Type.WithLanes(lanes.Length), x, lanes));
    }

    public Signal JoinLanes(IReadOnlyList<Signal> parts)
    {
        ImmutableArray<Node> nodes = [.. parts.Select(Resolve)];
        if (nodes.IsEmpty)
        {
            throw Fatal("HDL0112", "JoinLanes has no operands", "join at least one signal");
        }

        if (nodes.Any(n => n.Type.WithLanes(1) != nodes[0].Type.WithLanes(1)))
        {
            Report("HDL0112", $"lanes of different types are joined: {string.Join(", ", nodes.Select(n => n.Type))}", default, "extend them to one type first");
            return parts[0];
        }

        return Wrap(Arena.LaneConcat(nodes[0].Type.WithLanes(nodes.Sum(n => n.Type.Lanes)), Align(nodes)));
    }

    public Signal SelectLanes(Signal a, Signal index, int count)
    {
        var x = Resolve(a);
        var i = Resolve(index);
        if (count < 1 || x.Type.Lanes % count != 0 || i.Type.Signed || i.Type.Lanes != 1)
        {
            Report("HDL0113", $"can't select {count} lanes of {Describe(x)} by {Describe(i)}", default, "the count divides the lanes; the index is an unsigned scalar");
            return Wrap(Arena.Const(x.Type.WithLanes(Math.Max(1, count)), 0));
        }

        (x, i) = Align(x, i);
        return count == x.Type.Lanes ? a : Wrap(Arena.LaneSelect(x.Type.WithLanes(count), x, i));
    }

    public Signal Concat(IReadOnlyList<Signal> parts)
    {
        ImmutableArray<Node> nodes = [.. parts.Select(Resolve)];
        if (nodes.IsEmpty)
        {
            throw Fatal("HDL0114", "Cat has no operands", "join at least one signal");
        }

        if (nodes.Any(n => n.Type.Lanes != 1))
        {
            Report("HDL0114", "Cat joins the bits of scalars, and an operand has lanes", default, "use JoinLanes for lanes, AsBits to see lanes as bits");
            return parts[0];
        }

        return Wrap(Arena.Concat(new HdlType(nodes.Sum(n => n.Type.Width), false), Align(nodes)));
    }

    public Signal Reinterpret(Signal a, HdlType type)
    {
        var x = Resolve(a);
        if (x.Type.Bits != type.Bits)
        {
            Report("HDL0115", $"{Describe(x)} has {x.Type.Bits} bits, {type} has {type.Bits}", default, "the number of bits must be equal");
            return Wrap(Arena.Const(type, 0));
        }

        return Wrap(Arena.Reinterpret(type, x));
    }

    public Signal Constant(HdlType type, IReadOnlyList<BigInteger> values)
    {
        if ((values.Count != 1 && values.Count != type.Lanes) || values.Any(v => !type.Holds(v)))
        {
            Report("HDL0116", $"{string.Join(", ", values.Take(8))} doesn't fit {type}", default, $"one value{(type.Lanes == 1 ? "" : $" or {type.Lanes}")}, each from {type.Min} to {type.Max}");
            return Wrap(Arena.Const(type, 0));
        }

        return Wrap(values.Count == 1 ? Arena.Const(type, values[0]) : Arena.Const(type, [.. values]));
    }

    /// <summary>Resolves two operands to equal signedness; a literal takes the other's, and two literals are signed when one is negative.</summary>
    private (Node A, Node B) Pair(Signal a, Signal b, string what)
    {
        var x = a.Literal is { } la && b.Type.Signed ? LiteralNode(la, true) : Resolve(a);
        var y = b.Literal is { } lb && a.Type.Signed ? LiteralNode(lb, true) : Resolve(b);
        if (x.Type.Signed != y.Type.Signed)
        {
            Report("HDL0101", $"'{what}' mixes {Describe(x)} and {Describe(y)}", default, "use ToSigned() to keep the value, or AsSigned()/AsUnsigned() to keep the bits");
            y = Arena.Resize(y.Type with { Signed = x.Type.Signed }, y);
        }

        if (x.Type.Lanes != y.Type.Lanes && x.Type.Lanes != 1 && y.Type.Lanes != 1)
        {
            Report("HDL0102", $"'{what}' joins {x.Type.Lanes} lanes with {y.Type.Lanes}", default, "lane counts must be equal, or one of them 1");
            y = Arena.LaneMap(y.Type.WithLanes(1), y, [0]);
        }

        return Align(x, y);
    }

    private Node LiteralNode(BigInteger value, bool signed) => Arena.Const(Literals.Smallest(value, signed), value);

    private static int LanesOf(string what, Node a, Node b) =>
        a.Type.Lanes == b.Type.Lanes || b.Type.Lanes == 1 ? a.Type.Lanes
        : a.Type.Lanes == 1 ? b.Type.Lanes
        : throw Current.Fatal("HDL0102", $"'{what}' joins {a.Type.Lanes} lanes with {b.Type.Lanes}", "lane counts must be equal, or one of them 1");

    private static string Describe(Node node) => node.Name is null ? node.Type.ToString() : $"'{node.Name}' ({node.Type})";

    private static string Symbol(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+",
        BinaryOp.Subtract => "-",
        BinaryOp.Multiply => "*",
        BinaryOp.And => "&",
        BinaryOp.Or => "|",
        BinaryOp.Xor => "^",
        _ => op.ToString(),
    };
}
