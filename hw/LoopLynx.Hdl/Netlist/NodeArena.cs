using System.Collections.Immutable;
using System.Numerics;

namespace LoopLynx.Hdl.Netlist;

/// <summary>
/// Makes nodes: equal anonymous operations are one node, and constants are folded as they are built.
/// Result types are the caller's business; this class only knows the meaning of the operations.
/// </summary>
internal sealed class NodeArena
{
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<NodeKey, Node> _shared = [];

    /// <summary>All nodes so far, by id.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Adds a node that must stay itself: wires, registers, ports, memory reads, instance outputs.</summary>
    public T Add<T>(T node) where T : Node
    {
        node.Id = _nodes.Count;
        _nodes.Add(node);
        return node;
    }

    public Node Const(HdlType type, BigInteger value) => Const(type, Enumerable.Repeat(value, type.Lanes).ToImmutableArray());

    public Node Const(HdlType type, ImmutableArray<BigInteger> values) =>
        Share(new ConstNode(type, values), string.Join(',', values));

    public Node Unary(HdlType type, UnaryOp op, Node a) => Share(new UnaryNode(type, op, a), op);

    public Node Binary(HdlType type, BinaryOp op, Node a, Node b)
    {
        if (type.IsBit && a.Type.IsBit && b.Type.IsBit && op is BinaryOp.And or BinaryOp.Or)
        {
            var absorbing = op == BinaryOp.And ? 0 : 1;
            foreach (var (x, other) in new[] { (a, b), (b, a) })
            {
                if (x is ConstNode c)
                {
                    return c.Values[0] == absorbing ? x : other;
                }
            }

            if (ReferenceEquals(a, b))
            {
                return a;
            }
        }

        return Share(new BinaryNode(type, op, a, b), op);
    }

    public Node Mux(HdlType type, Node select, Node whenTrue, Node whenFalse)
    {
        if (select is ConstNode { Type.Lanes: 1 } c)
        {
            return Resize(type, c.Values[0].IsOne ? whenTrue : whenFalse);
        }

        return ReferenceEquals(whenTrue, whenFalse) && select.Type.Lanes == 1
            ? Resize(type, whenTrue)
            : Share(new MuxNode(type, select, whenTrue, whenFalse), null);
    }

    public Node Case(HdlType type, Node selector, Node defaultValue, ImmutableArray<BigInteger> keys, ImmutableArray<Node> arms) =>
        Share(new CaseNode(type, selector, defaultValue, keys, arms), string.Join(',', keys));

    public Node Concat(HdlType type, ImmutableArray<Node> parts) => Share(new ConcatNode(type, parts), null);

    public Node Slice(HdlType type, Node a, int low) =>
        low == 0 && type == a.Type ? a : Share(new SliceNode(type, a, low), low);

    public Node Resize(HdlType type, Node a) => type == a.Type ? a : Share(new ResizeNode(type, a), null);

    public Node Reduce(HdlType type, ReduceOp op, Node a, int group) =>
        group == 1 ? Resize(type, a) : Share(new ReduceNode(type, op, a, group), (op, group));

    public Node LaneMap(HdlType type, Node a, ImmutableArray<int> map) =>
        type == a.Type && map.SequenceEqual(Enumerable.Range(0, type.Lanes))
            ? a
            : Share(new LaneMapNode(type, a, map), string.Join(',', map));

    public Node LaneConcat(HdlType type, ImmutableArray<Node> parts) =>
        parts.Length == 1 ? parts[0] : Share(new LaneConcatNode(type, parts), null);

    public Node LaneSelect(HdlType type, Node a, Node index) => Share(new LaneSelectNode(type, a, index), null);

    public Node Reinterpret(HdlType type, Node a) => type == a.Type ? a : Share(new ReinterpretNode(type, a), null);

    private Node Share(Node node, object? extra)
    {
        var folded = Fold(node);
        if (folded is ConstNode c && node is not ConstNode)
        {
            return Const(c.Type, c.Values);
        }

        var key = new NodeKey(node.GetType(), node.Type, extra, [.. node.Operands.Select(o => o.Id)]);
        if (!_shared.TryGetValue(key, out var existing))
        {
            existing = Add(node);
            _shared.Add(key, existing);
        }

        return existing;
    }

    private static Node Fold(Node node) =>
        node.Operands.Length > 0 && node.Operands.All(o => o is ConstNode)
            ? new ConstNode(node.Type, [.. NodeSemantics.Evaluate(node, o => ((ConstNode)o).Values)])
            : node;

    private readonly record struct NodeKey(Type Kind, HdlType Type, object? Extra, ImmutableArray<int> Operands)
    {
        public bool Equals(NodeKey other) =>
            Kind == other.Kind && Type == other.Type && Equals(Extra, other.Extra) && Operands.SequenceEqual(other.Operands);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Kind);
            hash.Add(Type);
            hash.Add(Extra);
            foreach (var id in Operands)
            {
                hash.Add(id);
            }

            return hash.ToHashCode();
        }
    }
}
