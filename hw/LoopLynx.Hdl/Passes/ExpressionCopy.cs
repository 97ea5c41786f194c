using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>Copies expressions into another arena, where equal ones become one node. State, wires and ports are the caller's.</summary>
internal sealed class ExpressionCopy(NodeArena arena)
{
    /// <summary>Copies the cone of a node, down to nodes that the map has already, into the arena and the map.</summary>
    public void Copy(Node root, Dictionary<Node, Node> map)
    {
        // Depth-first without recursion: an expression's operands may have been created after it.
        var pending = new Stack<Node>();
        pending.Push(root);
        while (pending.TryPeek(out var node))
        {
            if (map.ContainsKey(node))
            {
                pending.Pop();
                continue;
            }

            var ready = true;
            foreach (var operand in node.Operands)
            {
                if (!map.ContainsKey(operand))
                {
                    pending.Push(operand);
                    ready = false;
                }
            }

            if (ready)
            {
                pending.Pop();
                var copy = Rebuild(node, [.. node.Operands.Select(o => map[o])]);
                if (!copy.Location.IsKnown)
                {
                    copy.Location = node.Location;
                }

                map[node] = copy;
            }
        }
    }

    private Node Rebuild(Node node, ImmutableArray<Node> o) => node switch
    {
        ConstNode c => arena.Const(c.Type, c.Values),
        UnaryNode u => arena.Unary(u.Type, u.Op, o[0]),
        BinaryNode b => arena.Binary(b.Type, b.Op, o[0], o[1]),
        MuxNode => arena.Mux(node.Type, o[0], o[1], o[2]),
        CaseNode c => arena.Case(c.Type, o[0], o[1], c.Keys, o[2..]),
        ConcatNode => arena.Concat(node.Type, o),
        SliceNode s => arena.Slice(s.Type, o[0], s.Low),
        ResizeNode => arena.Resize(node.Type, o[0]),
        ReduceNode r => arena.Reduce(r.Type, r.Op, o[0], r.Group),
        LaneMapNode m => arena.LaneMap(m.Type, o[0], m.Map),
        LaneConcatNode => arena.LaneConcat(node.Type, o),
        LaneSelectNode => arena.LaneSelect(node.Type, o[0], o[1]),
        ReinterpretNode => arena.Reinterpret(node.Type, o[0]),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is not an expression"),
    };
}
