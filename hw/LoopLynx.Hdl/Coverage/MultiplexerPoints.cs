using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl.Coverage;

/// <summary>
/// Arms of the multiplexers that the module wrote in expressions (<c>Mux</c>, <c>Saturate</c>, <c>Clamp</c>, ...); those that conditional assignments become are arms of their statements.
/// With a select bit a lane an arm is hit when any lane chooses it.
/// </summary>
internal static class MultiplexerPoints
{
    private static readonly HdlType Bit = new(1, false);

    /// <summary>Finds them in what the definition's assignments, memories and assertions read.</summary>
    public static void Find(Definition source, DefinitionCopy copy, PointList points, IReadOnlyList<ClockDomain> clocks)
    {
        var seen = new HashSet<(Node, SourceLocation)>();
        foreach (var mux in Cone(Roots(source)).OfType<MuxNode>().OrderBy(m => m.Id))
        {
            var select = mux.Operands[0];
            if (select is ConstNode || !seen.Add((select, mux.Location)))
            {
                continue;
            }

            var chosen = copy.Map[select];
            points.Add(CoverageKind.Arm, "mux true", mux.Location, clocks, Any(copy.Arena, chosen));
            points.Add(CoverageKind.Arm, "mux false", mux.Location, clocks, Any(copy.Arena, copy.Arena.Unary(chosen.Type, UnaryOp.Not, chosen)));
        }
    }

    private static Node Any(NodeArena arena, Node lanes) => arena.Reduce(Bit, ReduceOp.Or, lanes, lanes.Type.Lanes);

    private static IEnumerable<Node> Roots(Definition source) => [
        .. source.Body.SelectMany(Read),
        .. source.Nodes.OfType<MemoryReadNode>().SelectMany(read => read.Operands.Concat(read.Sampled)),
        .. source.Memories.SelectMany(m => m.Writes).SelectMany(w => new[] { w.Address, w.Data, w.Enable, w.Mask }).OfType<Node>(),
        .. source.Assertions.Select(a => a.Condition)];

    private static IEnumerable<Node> Read(Statement statement) => statement switch
    {
        AssignStatement a => [a.Value],
        IfStatement i => [i.Condition, .. i.Then.Concat(i.Else).SelectMany(Read)],
        SwitchStatement s => [s.Selector, .. s.Arms.SelectMany(a => a.Body).Concat(s.Default).SelectMany(Read)],
        _ => [],
    };

    // A wire's value is what its assignments read: the multiplexers between come from conditions.
    private static HashSet<Node> Cone(IEnumerable<Node> roots)
    {
        var cone = new HashSet<Node>();
        var open = new Stack<Node>(roots);
        while (open.TryPop(out var node))
        {
            if (cone.Add(node) && node is not WireNode)
            {
                foreach (var operand in node.Operands)
                {
                    open.Push(operand);
                }
            }
        }

        return cone;
    }
}
