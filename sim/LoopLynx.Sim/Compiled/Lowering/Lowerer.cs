using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>
/// Netlist to values.
/// <code>
/// before: wire w = mux(c, a: SInt(4), b: SInt(8)); y = w + w      after: y = add(m, m), m = mux(c, resize(a), b)
/// </code>
/// </summary>
internal sealed class Lowerer
{
    private readonly ValueTable _table;
    private readonly Value?[] _values;

    private Lowerer(StateLayout layout, bool vectors)
    {
        var flat = layout.Flat;
        _table = new ValueTable(vectors);
        _values = new Value?[flat.Nodes.Length];
        foreach (var register in layout.Registers)
        {
            _values[register.Id] = _table.State(register);
        }

        foreach (var (copy, register) in layout.Equal)
        {
            _values[copy.Id] = _values[register.Id];
        }

        foreach (var node in TopologicalOrder.Of(flat))
        {
            _values[node.Id] ??= Lower(node);
        }
    }

    /// <summary>Lowers a flat definition.</summary>
    /// <param name="layout">The definition, laid out.</param>
    /// <param name="vectors">Whether lane loops run on vector registers.</param>
    public static Lowered Run(StateLayout layout, bool vectors)
    {
        var flat = layout.Flat;
        var lowerer = new Lowerer(layout, vectors);
        return new Lowered(
            lowerer._table.All,
            [.. layout.Registers.Select(r => new RegisterSink(r, lowerer.Of(r), lowerer._table.Resize(r.Type, lowerer.Of(r.Next))))],
            [.. flat.Nodes.OfType<MemoryReadNode>().Where(r => r.Synchronous)
                .Select(r => new ReadSink(r, lowerer.Of(r), lowerer.Index(lowerer.Of(r.Address)), r.Enable is null ? null : lowerer.Of(r.Enable)))],
            [.. flat.Memories.SelectMany(m => m.Writes.Index().Select(w => lowerer.Write(m, w.Index, w.Item)))],
            [.. flat.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => new OutputSink(p, lowerer.Of(p.Node)))],
            [.. flat.Assertions.Index().Where(a => a.Item.Kind != AssertionKind.Cover).Select(a => CheckSink.Of(a.Index, a.Item, lowerer.Of(a.Item.Condition)))]);
    }

    private Value Of(Node node) => _values[node.Id]!;

    private Value Lower(Node node)
    {
        var type = node.Type;
        Value[] operands = [.. node.Operands.Select(Of)];
        return node switch
        {
            ConstNode c => _table.Constant(type, [.. c.Values]),
            InputNode or MemoryReadNode { Synchronous: true } => _table.State(node),
            MemoryReadNode r => _table.ReadRow(r.Memory, Index(operands[0])),
            WireNode => _table.Resize(type, operands[0]),
            UnaryNode u => _table.Operation(u.Op == UnaryOp.Not ? ValueKind.Not : ValueKind.Negate, type, operands),
            BinaryNode b => _table.Operation(Kind(b.Op), type, operands),
            MuxNode => _table.Mux(type, operands[0], operands[1], operands[2]),
            CaseNode c => Case(c, operands),
            ConcatNode => _table.Operation(ValueKind.Concat, type, operands),
            SliceNode s => _table.Slice(type, operands[0], s.Low),
            ResizeNode => _table.Resize(type, operands[0]),
            ReduceNode r => Reduce(r, operands[0]),
            LaneMapNode m => _table.LaneMap(type, operands[0], [.. m.Map]),
            LaneConcatNode => _table.Operation(ValueKind.LaneConcat, type, operands),
            LaneSelectNode => LaneSelect(type, operands[0], Index(operands[1])),
            ReinterpretNode => Reinterpret(type, operands[0]),
            _ => throw new SimulationException($"the compiled engine doesn't know {node.GetType().Name}"),
        };
    }

    private static ValueKind Kind(BinaryOp op) => op switch
    {
        BinaryOp.Add => ValueKind.Add,
        BinaryOp.Subtract => ValueKind.Subtract,
        BinaryOp.Multiply => ValueKind.Multiply,
        BinaryOp.And => ValueKind.And,
        BinaryOp.Or => ValueKind.Or,
        BinaryOp.Xor => ValueKind.Xor,
        BinaryOp.Equal => ValueKind.Equal,
        BinaryOp.NotEqual => ValueKind.NotEqual,
        BinaryOp.Less => ValueKind.Less,
        BinaryOp.LessOrEqual => ValueKind.LessOrEqual,
        BinaryOp.ShiftLeft => ValueKind.ShiftLeft,
        _ => ValueKind.ShiftRight,
    };

    private Value Case(CaseNode node, Value[] operands)
    {
        var selector = operands[0];
        var (keys, arms) = (new List<BigInteger>(), new List<Value>());
        foreach (var (i, key) in node.Keys.Index().Where(k => selector.Type.Holds(k.Item)))
        {
            keys.Add(key);
            arms.Add(_table.Resize(node.Type, operands[2 + i]));
        }

        var result = _table.Resize(node.Type, operands[1]);
        if (selector.IsUniform)
        {
            var hit = keys.IndexOf(selector.Integers[0]);
            return hit < 0 ? result : arms[hit];
        }

        if (selector.Shape != Shape.Wide)
        {
            return arms.Count == 0 ? result : _table.Case(node.Type, selector, result, [.. keys], [.. arms]);
        }

        // No C# switch on words: a chain of comparisons; keys are distinct, so the order is free.
        foreach (var (key, arm) in keys.Zip(arms))
        {
            var hit = _table.Operation(ValueKind.Equal, Hardware.Bit, selector, _table.Constant(selector.Type, key));
            result = _table.Mux(node.Type, hit, arm, result);
        }

        return result;
    }

    private Value Reduce(ReduceNode node, Value a)
    {
        if (node.Group == 1)
        {
            return _table.Resize(node.Type, a);
        }

        if (a.Shape != Shape.Wide && node.Type.Width <= 64)
        {
            var joined = node.Type.Lanes == 1 ? JoinedLanes.Reduce(_table, node.Op, a) : null;
            return joined is null ? _table.Reduce(node.Type, node.Op, a, node.Group) : _table.Resize(node.Type, joined);
        }

        // Words: the lanes of a group one after another; wrapping early is harmless modulo a power of two, and Max and Min never need it.
        Value? result = null;
        var element = a.Type.WithLanes(node.Type.Lanes);
        var type = node.Op is ReduceOp.Max or ReduceOp.Min ? element : node.Type;
        for (var i = 0; i < node.Group; i++)
        {
            var lane = _table.LaneMap(element, a, [.. Enumerable.Range(0, element.Lanes).Select(l => (l * node.Group) + i)]);
            lane = _table.Resize(type, lane);
            result = result is null ? lane : Combine(node.Op, type, result, lane);
        }

        return _table.Resize(node.Type, result!);
    }

    private Value Combine(ReduceOp op, HdlType type, Value a, Value b)
    {
        Value Less(Value x, Value y) => _table.Operation(ValueKind.Less, Hardware.Bit.WithLanes(type.Lanes), x, y);
        return op switch
        {
            ReduceOp.Add => _table.Operation(ValueKind.Add, type, a, b),
            ReduceOp.And => _table.Operation(ValueKind.And, type, a, b),
            ReduceOp.Or => _table.Operation(ValueKind.Or, type, a, b),
            ReduceOp.Xor => _table.Operation(ValueKind.Xor, type, a, b),
            ReduceOp.Max => _table.Mux(type, Less(a, b), b, a),
            _ => _table.Mux(type, Less(b, a), b, a),
        };
    }

    // An index of more than 64 bits: anything past 32 bits is past the end.
    private Value Index(Value index)
    {
        if (index.Shape != Shape.Wide)
        {
            return index;
        }

        var type = Hardware.UInt(32);
        var high = _table.Slice(Hardware.UInt(index.Type.Width - 32), index, 32);
        var past = _table.Operation(ValueKind.NotEqual, Hardware.Bit, high, _table.Constant(high.Type, 0));
        return _table.Mux(type, past, _table.Constant(type, type.Max), _table.Resize(type, index));
    }

    private Value LaneSelect(HdlType type, Value a, Value index)
    {
        var runs = a.Type.Lanes / type.Lanes;
        if (runs == 1)
        {
            return a;
        }

        if (!index.IsUniform)
        {
            return _table.Operation(ValueKind.LaneSelect, type, a, index);
        }

        var start = (int)BigInteger.Min(index.Integers[0], runs - 1) * type.Lanes;
        return _table.LaneMap(type, a, [.. Enumerable.Range(start, type.Lanes)]);
    }

    private Value Reinterpret(HdlType type, Value a) => type.Lanes == a.Type.Lanes
        ? _table.Resize(type, a)
        : _table.Operation(ValueKind.Reinterpret, type, a);

    private WriteSink Write(MemoryInfo memory, int port, MemoryWrite write)
    {
        var (address, data, enable) = (Index(Of(write.Address)), _table.Resize(memory.RowType, Of(write.Data)), Of(write.Enable));
        if (write.Mask is null)
        {
            return new WriteSink(memory, port, address, data, enable, null);
        }

        var mask = Of(write.Mask);
        if (mask.Type.Lanes == 1)
        {
            return new WriteSink(memory, port, address, data, _table.Operation(ValueKind.And, Hardware.Bit, enable, mask), null);
        }

        // The first port sees the old row, so keeping lanes is a multiplexer; later ports would undo the first one's lanes.
        return port == 0
            ? new WriteSink(memory, port, address, _table.Mux(memory.RowType, mask, data, _table.ReadRow(memory, address)), enable, null)
            : new WriteSink(memory, port, address, data, enable, mask);
    }
}
