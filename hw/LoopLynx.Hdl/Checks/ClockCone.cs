using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>Everything in one definition that reaches some nodes without a register in between, with the way that it takes.</summary>
internal sealed class ClockCone
{
    private readonly IReadOnlyDictionary<Definition, ClockInterface> _known;
    private readonly Dictionary<Visit, Visit?> _towardsRoot = [];
    private readonly Queue<Visit> _pending = [];

    /// <summary>Searches backwards.</summary>
    /// <param name="known">The interfaces of all definitions below.</param>
    /// <param name="roots">Where to begin, and whether something that can glitch follows.</param>
    public ClockCone(IReadOnlyDictionary<Definition, ClockInterface> known, IEnumerable<(Node Node, bool ThroughLogic)> roots)
    {
        _known = known;
        foreach (var (node, logic) in roots)
        {
            Reach(new Visit(node, logic), null);
        }

        while (_pending.TryDequeue(out var visit))
        {
            Expand(visit);
        }
    }

    /// <summary>State that reaches the roots.</summary>
    public List<(ClockEndpoint Source, Visit At)> Sources { get; } = [];

    /// <summary>Inputs of the definition that reach the roots.</summary>
    public List<Visit> Inputs { get; } = [];

    /// <summary>The nodes from one that was reached to a root.</summary>
    public List<Node> Way(Visit at)
    {
        var way = new List<Node>();
        for (Visit? next = at; next is { } visit; next = _towardsRoot[visit])
        {
            way.Add(visit.Node);
        }

        return way;
    }

    /// <summary>The clocks that write a memory, as the state that its rows are.</summary>
    public static IEnumerable<ClockEndpoint> Rows(MemoryInfo memory) =>
        memory.Writes.Select(w => w.Domain.Clock).Distinct().Select(clock => new ClockEndpoint(clock, "memory", memory.Name, memory.Location, memory.RowType));

    private void Reach(Visit visit, Visit? user)
    {
        if (_towardsRoot.TryAdd(visit, user))
        {
            _pending.Enqueue(visit);
        }
    }

    private void Expand(Visit visit)
    {
        switch (visit.Node)
        {
            case InputNode:
                Inputs.Add(visit);
                return;
            case RegisterNode r:
                Add(visit, new ClockEndpoint(r.Domain.Clock, "register", r.Name ?? "", r.Location, r.Type));
                return;
            case MemoryReadNode { Synchronous: true } m:
                Add(visit, new ClockEndpoint(m.Domain.Clock, "read port", m.Name ?? "", m.Location, m.Type));
                return;
            case MemoryReadNode { Crossing: CrossingKind.None } m:
                foreach (var rows in Rows(m.Memory))
                {
                    Add(visit, rows);
                }

                break;
            case MemoryReadNode m:
                Add(visit, new ClockEndpoint(m.Domain.Clock, "read port", m.Name ?? "", m.Location, m.Type));
                break;
            case InstanceOutputNode o:
                Through(visit, o);
                return;
        }

        var logic = visit.ThroughLogic || !IsWiring(visit.Node);
        foreach (var operand in visit.Node.Operands)
        {
            Reach(new Visit(operand, logic), visit);
        }
    }

    private void Through(Visit visit, InstanceOutputNode output)
    {
        var child = _known[output.Instance.Definition];
        foreach (var source in child.Sources[output.Port.Name])
        {
            Add(visit, source.In(output.Instance));
        }

        foreach (var (input, logic) in child.Through[output.Port.Name])
        {
            Reach(new Visit(output.Instance.Inputs.First(i => i.Port.Name == input).Value, visit.ThroughLogic || logic), visit);
        }
    }

    private void Add(Visit visit, ClockEndpoint source) =>
        Sources.Add((source with { ThroughLogic = source.ThroughLogic || visit.ThroughLogic }, visit));

    // An inverter of a register's bit changes once when the bit does.
    private static bool IsWiring(Node node) =>
        node is WireNode or SliceNode or ResizeNode or ReinterpretNode or ConcatNode or LaneMapNode or LaneConcatNode or UnaryNode { Op: UnaryOp.Not };

    /// <summary>A node, and whether something that can glitch lies between it and the root.</summary>
    internal readonly record struct Visit(Node Node, bool ThroughLogic);
}
