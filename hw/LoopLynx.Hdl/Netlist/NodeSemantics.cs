using System.Numerics;

namespace LoopLynx.Hdl.Netlist;

/// <summary>
/// What every combinational operation means, in exact integers: the definition that constant folding uses and that the engines are tested against.
/// </summary>
public static class NodeSemantics
{
    /// <summary>Value of a lane-wise or lane-moving node from its operands' values (one integer per lane).</summary>
    public static BigInteger[] Evaluate(Node node, Func<Node, IReadOnlyList<BigInteger>> valueOf)
    {
        var type = node.Type;
        var operands = node.Operands;
        return node switch
        {
            ConstNode c => [.. c.Values],
            WireNode w => [.. valueOf(w.Value)],
            UnaryNode u => EachLane(type, lane => Unary(u.Op, At(valueOf(operands[0]), lane))),
            BinaryNode b => EachLane(type, lane => Binary(b.Op, At(valueOf(operands[0]), lane), At(valueOf(operands[1]), lane))),
            MuxNode => EachLane(type, lane => At(valueOf(operands[At(valueOf(operands[0]), lane).IsOne ? 1 : 2]), lane)),
            CaseNode c => Case(c, valueOf),
            ConcatNode => [Concat(operands, valueOf)],
            SliceNode s => EachLane(type, lane => valueOf(operands[0])[lane] >> s.Low),
            ResizeNode => EachLane(type, lane => At(valueOf(operands[0]), lane)),
            ReduceNode r => EachLane(type, lane => Reduce(r, valueOf(operands[0]), lane)),
            LaneMapNode m => EachLane(type, lane => valueOf(operands[0])[m.Map[lane]]),
            LaneConcatNode => [.. operands.SelectMany(valueOf)],
            LaneSelectNode => LaneSelect(type, operands[0], valueOf(operands[0]), valueOf(operands[1])[0]),
            ReinterpretNode => Reinterpret(type, operands[0].Type, valueOf(operands[0])),
            _ => throw new InvalidOperationException($"{node.GetType().Name} has no combinational meaning"),
        };
    }

    private static BigInteger[] EachLane(HdlType type, Func<int, BigInteger> lane)
    {
        var values = new BigInteger[type.Lanes];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = type.Wrap(lane(i));
        }

        return values;
    }

    private static BigInteger At(IReadOnlyList<BigInteger> values, int lane) => values.Count == 1 ? values[0] : values[lane];

    private static BigInteger Unary(UnaryOp op, BigInteger a) => op == UnaryOp.Not ? -a - 1 : -a;

    private static BigInteger Binary(BinaryOp op, BigInteger a, BigInteger b) => op switch
    {
        BinaryOp.Add => a + b,
        BinaryOp.Subtract => a - b,
        BinaryOp.Multiply => a * b,
        BinaryOp.And => a & b,
        BinaryOp.Or => a | b,
        BinaryOp.Xor => a ^ b,
        BinaryOp.Equal => Bit(a == b),
        BinaryOp.NotEqual => Bit(a != b),
        BinaryOp.Less => Bit(a < b),
        BinaryOp.LessOrEqual => Bit(a <= b),
        BinaryOp.ShiftLeft => b > 1 << 16 ? BigInteger.Zero : a << (int)b,
        BinaryOp.ShiftRight => b > 1 << 16 ? (a.Sign < 0 ? BigInteger.MinusOne : BigInteger.Zero) : a >> (int)b,
        _ => throw new InvalidOperationException($"unknown operator {op}"),
    };

    private static BigInteger Bit(bool value) => value ? BigInteger.One : BigInteger.Zero;

    private static BigInteger[] Case(CaseNode node, Func<Node, IReadOnlyList<BigInteger>> valueOf)
    {
        var arm = node.Keys.IndexOf(valueOf(node.Operands[0])[0]);
        var chosen = valueOf(arm < 0 ? node.Operands[1] : node.Operands[2 + arm]);
        return EachLane(node.Type, lane => At(chosen, lane));
    }

    private static BigInteger Concat(IReadOnlyList<Node> parts, Func<Node, IReadOnlyList<BigInteger>> valueOf)
    {
        var bits = BigInteger.Zero;
        foreach (var part in parts)
        {
            bits = (bits << part.Type.Width) | Unsigned(part.Type.Width, valueOf(part)[0]);
        }

        return bits;
    }

    private static BigInteger Unsigned(int width, BigInteger value) => value & ((BigInteger.One << width) - 1);

    private static BigInteger Reduce(ReduceNode node, IReadOnlyList<BigInteger> values, int lane)
    {
        var result = values[lane * node.Group];
        for (var i = 1; i < node.Group; i++)
        {
            var next = values[(lane * node.Group) + i];
            result = node.Op switch
            {
                ReduceOp.Add => result + next,
                ReduceOp.And => result & next,
                ReduceOp.Or => result | next,
                ReduceOp.Xor => result ^ next,
                ReduceOp.Max => BigInteger.Max(result, next),
                _ => BigInteger.Min(result, next),
            };
        }

        return result;
    }

    private static BigInteger[] LaneSelect(HdlType type, Node a, IReadOnlyList<BigInteger> values, BigInteger index)
    {
        var runs = a.Type.Lanes / type.Lanes;
        var start = (int)BigInteger.Min(index, runs - 1) * type.Lanes;
        return [.. values.Skip(start).Take(type.Lanes)];
    }

    private static BigInteger[] Reinterpret(HdlType to, HdlType from, IReadOnlyList<BigInteger> values)
    {
        var bits = BigInteger.Zero;
        for (var lane = values.Count - 1; lane >= 0; lane--)
        {
            bits = (bits << from.Width) | Unsigned(from.Width, values[lane]);
        }

        return EachLane(to, lane => Unsigned(to.Width, bits >> (lane * to.Width)));
    }
}
