using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Graph;

/// <summary>
/// What of a definition is printed, in which order, and how often each value is read. Printed is what reaches an output, a register,
/// an instance or an assertion; a memory that nothing live reads is not.
/// </summary>
internal sealed class LiveGraph
{
    private readonly Definition _definition;
    private readonly HashSet<Node> _live = [];

    /// <summary>Analyses a definition.</summary>
    public LiveGraph(Definition definition)
    {
        _definition = definition;
        Drives = new(definition);
        FindLive();
        Groups = Grouping.Of(Drives, _live, CombinationalInputs);
        Order = Sort();
    }

    /// <summary>The structured assignments.</summary>
    public Drives Drives { get; }

    /// <summary>Blocks of assignments.</summary>
    public IReadOnlyList<AssignmentGroup> Groups { get; }

    /// <summary>Live nodes, operands before their users.</summary>
    public IReadOnlyList<Node> Order { get; }

    /// <summary>Memories that a live node reads, in id order.</summary>
    public IEnumerable<MemoryInfo> Memories =>
        Order.OfType<MemoryReadNode>().Select(r => r.Memory).Distinct().OrderBy(m => m.Id);

    /// <summary>Live nodes of a kind, in id order.</summary>
    public IEnumerable<T> Live<T>() where T : Node => Order.OfType<T>().OrderBy(n => n.Id);

    /// <summary>Every read of a live value by live text, repeated reads included.</summary>
    public IEnumerable<Node> Reads()
    {
        foreach (var node in Order)
        {
            foreach (var operand in Drives.Assigns(node) ? [] : node.Operands.Concat(OwnSamples(node)))
            {
                yield return operand;
            }
        }

        foreach (var node in Groups.SelectMany(g => g.Statements).SelectMany(StatementReads)
            .Concat(Memories.SelectMany(m => m.Writes).SelectMany(WriteReads))
            .Concat(_definition.Instances.SelectMany(i => i.Inputs).Select(i => i.Value))
            .Concat(_definition.Instances.Select(i => i.Reset).OfType<Node>())
            .Concat(_definition.Assertions.Select(a => a.Condition)))
        {
            yield return node;
        }
    }

    /// <summary>Values that the text of a wire or an operation mentions.</summary>
    public IEnumerable<Node> CombinationalInputs(Node node) =>
        node is WireNode && Drives.Assigns(node) ? Drives.Reads(node) : node.Operands;

    /// <summary>Values that one write port reads.</summary>
    public static IEnumerable<Node> WriteReads(MemoryWrite write) =>
        write.Mask is null ? [write.Address, write.Data, write.Enable] : [write.Address, write.Data, write.Enable, write.Mask];

    private static IEnumerable<Node> StatementReads(Statement statement) => statement switch
    {
        AssignStatement assign => [assign.Value],
        IfStatement choice => choice.Then.Concat(choice.Else).SelectMany(StatementReads).Prepend(choice.Condition),
        SwitchStatement select => select.Arms.SelectMany(a => a.Body).Concat(select.Default).SelectMany(StatementReads).Prepend(select.Selector),
        _ => [],
    };

    /// <summary>Clocked inputs of a node; a register that keeps its value reads nothing.</summary>
    private static IEnumerable<Node> OwnSamples(Node node) => node.Sampled.Where(s => s != node);

    private void FindLive()
    {
        var pending = new Stack<Node>();
        void Add(IEnumerable<Node> nodes)
        {
            foreach (var node in nodes)
            {
                if (_live.Add(node))
                {
                    pending.Push(node);
                }
            }
        }

        Add(_definition.Ports.Select(p => p.Node));
        Add(_definition.Registers);
        Add(_definition.Instances.SelectMany(i => i.Inputs).Select(i => i.Value));
        Add(_definition.Assertions.Select(a => a.Condition));
        while (pending.TryPop(out var node))
        {
            Add(Drives.Assigns(node) ? Drives.Reads(node) : node.Operands.Concat(OwnSamples(node)));
            if (node is MemoryReadNode read)
            {
                Add(read.Memory.Writes.SelectMany(WriteReads));
            }
        }
    }

    /// <summary>Depth first from low ids to high, so that the order follows the source; without recursion, because chains may be long.</summary>
    private List<Node> Sort()
    {
        var order = new List<Node>(_live.Count);
        var seen = new HashSet<Node>();
        var path = new Stack<(Node Node, IEnumerator<Node> Inputs)>();
        foreach (var root in _live.OrderBy(n => n.Id))
        {
            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (top.Inputs.MoveNext())
                {
                    Enter(top.Inputs.Current);
                }
                else
                {
                    order.Add(top.Node);
                    path.Pop();
                }
            }
        }

        return order;

        void Enter(Node node)
        {
            if (seen.Add(node))
            {
                path.Push((node, CombinationalInputs(node).GetEnumerator()));
            }
        }
    }
}
