using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>
/// Finds the scalars that can be lanes: the registers of a family, the operations behind their next values as long as they are alike, and so on to their operands.
/// All lanes of a pack have one depth, so no pack can depend on itself through another lane.
/// </summary>
internal sealed class PackFinder
{
    // Operands are rebuilt recursively.
    private const int MaximumDepth = 1000;
    private const int MaximumKeys = 12;

    // A gather is a store a lane and a load that waits for them.
    private const int OperationsOfAGather = 2;

    private readonly int[] _depths;
    private readonly Dictionary<Value, (Pack Pack, int Lane)> _member = [];
    private readonly HashSet<Value> _gathered = [];
    private int _gathers;

    public PackFinder(IReadOnlyList<Value> values)
    {
        _depths = new int[values.Count];
        foreach (var value in values)
        {
            _depths[value.Id] = value.Operands.Length == 0 ? 0 : 1 + value.Operands.Max(o => _depths[o.Id]);
        }
    }

    /// <summary>Packs of registers that are computed as lanes, with their sinks.</summary>
    public Dictionary<Pack, RegisterSink[]> Families { get; } = [];

    /// <summary>The pack of a scalar and its lane.</summary>
    public (Pack Pack, int Lane)? Of(Value value) => _member.TryGetValue(value, out var member) ? member : null;

    /// <summary>The pack of all these scalars in this order, or null.</summary>
    public Pack? Of(Value[] lanes) => _member.TryGetValue(lanes[0], out var member) && member.Pack.Lanes.AsSpan().SequenceEqual(lanes) ? member.Pack : null;

    /// <summary>Finds everything for the families for which lanes pay.</summary>
    public static PackFinder Run(Lowered design, StateLayout layout)
    {
        var sinks = design.Registers.ToDictionary(r => r.Register);
        var families = layout.Families.Where(f => Adjacent(f, layout)).Select(f => f.Select(r => sinks[r]).ToArray()).ToList();
        while (true)
        {
            var finder = new PackFinder(design.Values);
            var rejected = finder.Find(families);
            if (rejected.Count == 0)
            {
                return finder;
            }

            families.RemoveAll(rejected.Contains);
        }
    }

    /// <summary>Whether all lanes are the same value.</summary>
    public static bool IsUniform(Value[] lanes) => Array.TrueForAll(lanes, l => ReferenceEquals(l, lanes[0]));

    /// <summary>Whether the lanes are fields of equally typed words.</summary>
    public static bool AreFields(Value[] lanes) => Array.TrueForAll(lanes, l =>
        l.Kind is ValueKind.Slice or ValueKind.Resize && l.Operands[0].Shape == Shape.Scalar && l.Operands[0].Type == lanes[0].Operands[0].Type
        && l.Parameter + l.Type.Width <= l.Operands[0].Type.Width);

    // A register that is also a port lies among the ports.
    private static bool Adjacent(IReadOnlyList<RegisterNode> family, StateLayout layout)
    {
        var bytes = LaneStorage.Bytes(family[0].Type);
        return family.Index().All(r => layout.Offset(r.Item) == layout.Offset(family[0]) + (r.Index * bytes));
    }

    private HashSet<RegisterSink[]> Find(List<RegisterSink[]> families)
    {
        foreach (var family in families)
        {
            var pack = Add([.. family.Select(r => r.State)]);
            Families.Add(pack, family);
        }

        var rejected = new HashSet<RegisterSink[]>();
        foreach (var family in families)
        {
            var (operations, gathers) = (_member.Count, _gathers);
            Follow([.. family.Select(r => r.Next)]);
            operations = (_member.Count - operations) / family.Length;
            gathers = _gathers - gathers;
            if (gathers * OperationsOfAGather > operations)
            {
                rejected.Add(family);
            }
        }

        return rejected;
    }

    private Pack Add(Value[] lanes)
    {
        var pack = new Pack(lanes);
        for (var i = 0; i < lanes.Length; i++)
        {
            _member.Add(lanes[i], (pack, i));
        }

        return pack;
    }

    // Operands first met through the next value, until lanes differ.
    private void Follow(Value[] root)
    {
        var open = new Stack<Value[]>();
        open.Push(root);
        while (open.TryPop(out var lanes))
        {
            if (IsUniform(lanes) || Array.TrueForAll(lanes, l => l.Kind == ValueKind.Constant) || Of(lanes) is not null)
            {
                continue;
            }

            if (!CanPack(lanes))
            {
                _gathers += _gathered.Add(lanes[0]) ? 1 : 0;
                continue;
            }

            var pack = Add(lanes);
            for (var i = 0; i < lanes[0].Operands.Length; i++)
            {
                Value[] operand = [.. lanes.Select(l => l.Operands[i])];
                pack.Operands.Add(operand);
                if (lanes[0].Kind != ValueKind.LaneMap)
                {
                    open.Push(operand);
                }
            }
        }
    }

    private bool CanPack(Value[] lanes)
    {
        var first = lanes[0];
        var distinct = new HashSet<Value>(lanes);
        if (distinct.Count < lanes.Length || _depths[first.Id] > MaximumDepth || !Array.TrueForAll(lanes, l =>
            l.Shape == Shape.Scalar && l.Type == first.Type && !_member.ContainsKey(l) && _depths[l.Id] == _depths[first.Id] && l.Operands.Length == first.Operands.Length))
        {
            return false;
        }

        if (AreFields(lanes))
        {
            return true;
        }

        return Array.TrueForAll(lanes, l => l.Kind == first.Kind && l.Parameter == first.Parameter && l.Integers.AsSpan().SequenceEqual(first.Integers)) && first.Kind switch
        {
            ValueKind.Not or ValueKind.Negate or ValueKind.Add or ValueKind.Subtract or ValueKind.Multiply or ValueKind.And or ValueKind.Or or ValueKind.Xor
                or ValueKind.Equal or ValueKind.NotEqual or ValueKind.Less or ValueKind.LessOrEqual or ValueKind.ShiftLeft or ValueKind.ShiftRight
                or ValueKind.Mux or ValueKind.Slice or ValueKind.Resize => HasLikeOperands(lanes),
            ValueKind.Case => first.Integers.Length <= MaximumKeys && HasLikeOperands(lanes),
            ValueKind.Concat => !first.Type.Signed && HasLikeOperands(lanes),
            ValueKind.LaneMap => IsUniform([.. lanes.Select(l => l.Operands[0])]) && first.Operands[0].Shape == Shape.Lanes,
            _ => false,
        };
    }

    private static bool HasLikeOperands(Value[] lanes)
    {
        for (var i = 0; i < lanes[0].Operands.Length; i++)
        {
            var type = lanes[0].Operands[i].Type;
            if (Shapes.Of(type) != Shape.Scalar || !Array.TrueForAll(lanes, l => l.Operands[i].Type == type))
            {
                return false;
            }
        }

        return true;
    }
}
