using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Graph;

/// <summary>Decides which values get a net of their own and which are written where they are read.</summary>
internal sealed class Printing
{
    /// <summary>Longest chain of values written inside each other.</summary>
    private const int MaxDepth = 8;

    private readonly Dictionary<Node, int> _uses = [];
    private readonly HashSet<Node> _onDemand = [];
    private readonly Dictionary<Node, bool> _loops = [];

    /// <summary>Counts uses and decides.</summary>
    public Printing(LiveGraph graph, Definition definition)
    {
        foreach (var node in graph.Reads())
        {
            _uses[node] = _uses.GetValueOrDefault(node) + 1;
        }

        // The text of an assertion is skipped by most tools, so the values that it reads get a net that can be listed as unused.
        foreach (var assertion in definition.Assertions)
        {
            _uses[assertion.Condition] += 1;
        }

        var depth = new Dictionary<Node, int>();
        foreach (var node in graph.Order.Where(n => !IsDeclaredFirst(n) && n.Name is null))
        {
            var below = node.Operands.Select(o => depth.GetValueOrDefault(o)).DefaultIfEmpty().Max();
            if (node is ConstNode || IsView(node) || (_uses.GetValueOrDefault(node) <= 1 && below < MaxDepth))
            {
                _onDemand.Add(node);
                depth[node] = below + 1;
            }
        }
    }

    /// <summary>Whether a value has no net unless its reader makes one.</summary>
    public bool IsOnDemand(Node node) => _onDemand.Contains(node);

    /// <summary>Whether a value is read once and may be merged into its reader.</summary>
    public bool IsPrivate(Node node) => _onDemand.Contains(node) && _uses.GetValueOrDefault(node) <= 1;

    /// <summary>Whether the operation is the same on every lane.</summary>
    public static bool IsLaneWise(Node node) => node is UnaryNode or BinaryNode or MuxNode or SliceNode or ResizeNode;

    /// <summary>Whether the value is printed as a loop over its lanes rather than as one expression over the packed vector.</summary>
    public bool IsLoop(Node node)
    {
        if (node.Type.Lanes == 1 || !IsLaneWise(node))
        {
            return false;
        }

        if (!_loops.TryGetValue(node, out var loop))
        {
            _loops[node] = loop = !IsFlat(node) || node.Operands.Any(o => IsPrivate(o) && IsLoop(o));
        }

        return loop;
    }

    private static bool IsDeclaredFirst(Node node) => node is InputNode or RegisterNode or MemoryReadNode or InstanceOutputNode or WireNode;

    /// <summary>Cheap views of other values: they are written at each reader.</summary>
    private bool IsView(Node node) => node switch
    {
        SliceNode or ResizeNode or UnaryNode { Op: UnaryOp.Not, Type.IsBit: true } when node.Type.Lanes == 1 =>
            !_onDemand.Contains(node.Operands[0]) && node.Type.Width <= node.Operands[0].Type.Width,
        ReinterpretNode => !_onDemand.Contains(node.Operands[0]),
        ResizeNode => node.Type.Lanes == node.Operands[0].Type.Lanes && node.Type.Width == node.Operands[0].Type.Width && !_onDemand.Contains(node.Operands[0]),
        LaneMapNode map => LaneRun.Of(map.Map) is not null && !_onDemand.Contains(node.Operands[0]),
        _ => false,
    };

    /// <summary>Bitwise operations on equal vectors, choices by one bit, and copies need no loop.</summary>
    private static bool IsFlat(Node node) => node switch
    {
        UnaryNode { Op: UnaryOp.Not } => Same(node, 0),
        BinaryNode { Op: BinaryOp.And or BinaryOp.Or or BinaryOp.Xor } => Same(node, 0) && Same(node, 1),
        MuxNode => node.Operands[0].Type.Lanes == 1 && Same(node, 1) && Same(node, 2),
        ResizeNode => node.Type.Width == node.Operands[0].Type.Width,
        _ => false,
    };

    private static bool Same(Node node, int operand) =>
        node.Operands[operand].Type.Lanes == node.Type.Lanes && node.Operands[operand].Type.Width == node.Type.Width;
}
