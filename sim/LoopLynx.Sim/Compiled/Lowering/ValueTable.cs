using System.Globalization;
using System.Numerics;
using System.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>All values, equal ones made once. Removes operations that do nothing.</summary>
/// <param name="vectors">Whether lane loops run on vector registers.</param>
internal sealed class ValueTable(bool vectors)
{
    private readonly Dictionary<string, Value> _shared = [];
    private readonly List<Value> _all = [];

    /// <summary>Values in topological order.</summary>
    public IReadOnlyList<Value> All => _all;

    public Value State(Node node) => State(node, node.Type);

    /// <summary>The state at a node's place, taken as another type: several neighbours as lanes.</summary>
    public Value State(Node node, HdlType type) => Add(new Value(_all.Count, ValueKind.State, type, []) { Node = node });

    public Value Constant(HdlType type, BigInteger[] integers) =>
        Share(new Value(_all.Count, ValueKind.Constant, type, []) { Integers = integers });

    public Value Constant(HdlType type, BigInteger integer) => Constant(type, [.. Enumerable.Repeat(integer, type.Lanes)]);

    public Value ReadRow(MemoryInfo memory, Value address) =>
        Share(new Value(_all.Count, ValueKind.ReadRow, memory.RowType, [address]) { Memory = memory });

    public Value Operation(ValueKind kind, HdlType type, params Value[] operands) => Share(new Value(_all.Count, kind, type, operands));

    public Value Slice(HdlType type, Value a, int low) => low == 0
        ? Resize(type, a)
        : Share(new Value(_all.Count, ValueKind.Slice, type, [a]) { Parameter = low });

    public Value Resize(HdlType type, Value a)
    {
        if (type == a.Type)
        {
            return a;
        }

        return a.IsUniform
            ? Constant(type, type.Wrap(a.Integers[0]))
            : Narrowing.Of(this, type, a) ?? Operation(ValueKind.Resize, type, a);
    }

    public Value Mux(HdlType type, Value select, Value whenTrue, Value whenFalse) => (select.IsUniform && select.Type.Lanes == 1) || ReferenceEquals(whenTrue, whenFalse)
        ? Resize(type, select.IsUniform && select.Integers[0].IsZero ? whenFalse : whenTrue)
        : Operation(ValueKind.Mux, type, select, Element(type, whenTrue), Element(type, whenFalse));

    public Value Case(HdlType type, Value selector, Value defaultValue, BigInteger[] keys, Value[] arms) =>
        Share(new Value(_all.Count, ValueKind.Case, type, [selector, defaultValue, .. arms]) { Integers = keys });

    public Value Reduce(HdlType type, ReduceOp op, Value a, int group) =>
        Share(new Value(_all.Count, ValueKind.Reduce, type, [a]) { Reduction = op, Parameter = group });

    public Value LaneMap(HdlType type, Value a, int[] map)
    {
        if (a.Type.Lanes == 1)
        {
            return Resize(type, a);
        }

        return map.Length == a.Type.Lanes && map.Index().All(m => m.Item == m.Index)
            ? a
            : Share(new Value(_all.Count, ValueKind.LaneMap, type, [a]) { Map = map });
    }

    // One lane is broadcast where lanes live in memory; a lane loop broadcasts by itself.
    private Value Element(HdlType type, Value a) => type.Width > 64 ? Resize(type, a) : Resize(type.WithLanes(a.Type.Lanes), a);

    private Value Share(Value value)
    {
        var key = Key(value);
        if (!_shared.TryGetValue(key, out var existing))
        {
            existing = Add(value);
            _shared.Add(key, existing);
        }

        return existing;
    }

    private Value Add(Value value)
    {
        value.Form = Forms.Of(value, vectors);
        _all.Add(value);
        return value;
    }

    private static string Key(Value value)
    {
        var key = new StringBuilder();
        key.Append(CultureInfo.InvariantCulture, $"{value.Kind}:{value.Type.Width}:{value.Type.Signed}:{value.Type.Lanes}:{value.Parameter}:{value.Reduction}:{value.Memory?.Id}");
        foreach (var operand in value.Operands)
        {
            key.Append(CultureInfo.InvariantCulture, $",{operand.Id}");
        }

        foreach (var integer in value.Integers)
        {
            key.Append(CultureInfo.InvariantCulture, $";{integer}");
        }

        foreach (var lane in value.Map)
        {
            key.Append(CultureInfo.InvariantCulture, $"/{lane}");
        }

        return key.ToString();
    }
}
