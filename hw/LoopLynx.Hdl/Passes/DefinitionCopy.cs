using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>
/// A definition copied into an arena of its own with other definitions below it, open for additions until <see cref="Finish"/>: the start of every pass that adds to a design and keeps its hierarchy.
/// </summary>
internal sealed class DefinitionCopy
{
    private readonly Definition _source;
    private readonly List<PortInfo> _ports = [];
    private readonly List<MemoryInfo> _memories = [];
    private readonly List<InstanceInfo> _instances = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Copies <paramref name="source"/>; <paramref name="child"/> tells what stands for each definition below.</summary>
    public DefinitionCopy(Definition source, Func<Definition, Definition> child)
    {
        _source = source;
        var memories = source.Memories.ToDictionary(m => m, Shell);
        var instances = source.Instances.ToDictionary(i => i, i => new InstanceInfo(i.Name) { Definition = child(i.Definition), Location = i.Location });
        _instances.AddRange(source.Instances.Select(i => instances[i]));
        foreach (var node in source.Nodes)
        {
            if (MakeShell(node, memories, instances) is { } shell)
            {
                (shell.Name, shell.Location) = (node.Name, node.Location);
                Map[node] = Arena.Add(shell);
            }
        }

        var expressions = new ExpressionCopy(Arena);
        foreach (var node in source.Nodes)
        {
            expressions.Copy(node, Map);
        }

        Connect(memories, instances);
        _ports.AddRange(source.Ports.Select(p => new PortInfo(p.Name, p.Direction, p.Type) { Node = Map[p.Node] }));
        Body.AddRange(source.Body.Select(Copy));
        _names.UnionWith([.. source.Nodes.Select(n => n.Name).OfType<string>(), .. source.Ports.Select(p => p.Name), .. source.Memories.Select(m => m.Name),
            .. source.Instances.Select(i => i.Name), .. source.Assertions.Select(a => a.Name), .. source.Domains.SelectMany(d => new[] { d.Clock, d.Reset })]);
    }

    /// <summary>The copy's nodes.</summary>
    public NodeArena Arena { get; } = new();

    /// <summary>The copy of each node.</summary>
    public Dictionary<Node, Node> Map { get; } = [];

    /// <summary>Assignments, open for more.</summary>
    public List<Statement> Body { get; } = [];

    /// <summary>Instances, of the definitions that stand for the ones below.</summary>
    public IReadOnlyList<InstanceInfo> Instances => _instances;

    /// <summary>A free name, and takes it.</summary>
    public string Unique(string wanted)
    {
        var name = wanted;
        for (var suffix = 2; !_names.Add(name); suffix++)
        {
            name = $"{wanted}_{suffix}";
        }

        return name;
    }

    /// <summary>Adds a register with its only assignment.</summary>
    public RegisterNode AddRegister(string name, HdlType type, ClockDomain domain, bool hasReset, Func<RegisterNode, Node> next)
    {
        var zeros = Enumerable.Repeat(System.Numerics.BigInteger.Zero, type.Lanes).ToImmutableArray();
        var register = Arena.Add(new RegisterNode(type, domain, zeros, hasReset) { Name = Unique(name), Location = _source.Location });
        register.Next = next(register);
        Body.Add(new AssignStatement(register, register.Next, _source.Location));
        return register;
    }

    /// <summary>Adds an output port.</summary>
    public PortInfo AddOutput(string name, Node value)
    {
        var wire = Arena.Add(new WireNode(value.Type) { Name = Unique(name), Location = _source.Location, Value = value });
        Body.Add(new AssignStatement(wire, value, _source.Location));
        var port = new PortInfo(wire.Name!, PortDirection.Output, value.Type) { Node = wire };
        _ports.Add(port);
        return port;
    }

    /// <summary>The definition with everything that was added; <paramref name="domains"/> come beside those that it had.</summary>
    public Definition Finish(IEnumerable<ClockDomain> domains) => new()
    {
        Name = _source.Name,
        ModuleType = _source.ModuleType,
        Summary = _source.Summary,
        IsKept = _source.IsKept,
        Ports = [.. _ports],
        Nodes = [.. Arena.Nodes],
        Memories = [.. _memories],
        Instances = [.. _instances],
        Body = [.. Body],
        Assertions = [.. _source.Assertions.Select(a => a with { Condition = Map[a.Condition] })],
        Streams = [.. _source.Streams.Select(s => new StreamInfo(s.Name, Map[s.Valid], Map[s.Ready], [.. s.Payload.Select(f => Map[f])]))],
        Fifos = [.. _source.Fifos.Select(f => f with { Count = (RegisterNode)Map[f.Count] })],
        Domains = [.. _source.Domains.Concat(domains).Concat(_instances.SelectMany(i => i.Definition.Domains)).Distinct().OrderBy(d => d.Clock, StringComparer.Ordinal)],
        Location = _source.Location,
        ResetStages = _source.ResetStages,
        MostResetLoads = _source.MostResetLoads,
    };

    private static Node? MakeShell(Node node, Dictionary<MemoryInfo, MemoryInfo> memories, Dictionary<InstanceInfo, InstanceInfo> instances) => node switch
    {
        InputNode => new InputNode(node.Type),
        WireNode => new WireNode(node.Type),
        RegisterNode r => new RegisterNode(r.Type, r.Domain, r.Initial, r.HasReset, r.Crossing) { States = r.States },
        MemoryReadNode m => new MemoryReadNode(memories[m.Memory], m.Synchronous, m.Domain, m.Crossing),
        InstanceOutputNode o => new InstanceOutputNode(instances[o.Instance], instances[o.Instance].Definition.Port(o.Port.Name)),
        _ => null,
    };

    private MemoryInfo Shell(MemoryInfo memory)
    {
        var copy = new MemoryInfo(memory.Name, memory.RowType, memory.Depth, memory.Style, memory.Initial) { Id = memory.Id, Location = memory.Location };
        _memories.Add(copy);
        return copy;
    }

    private void Connect(Dictionary<MemoryInfo, MemoryInfo> memories, Dictionary<InstanceInfo, InstanceInfo> instances)
    {
        foreach (var node in _source.Nodes)
        {
            switch (node)
            {
                case WireNode w:
                    ((WireNode)Map[w]).Value = Map[w.Value];
                    break;
                case RegisterNode r:
                    ((RegisterNode)Map[r]).Next = Map[r.Next];
                    break;
                case MemoryReadNode m:
                    var read = (MemoryReadNode)Map[m];
                    (read.Address, read.Enable) = (Map[m.Address], m.Enable is null ? null : Map[m.Enable]);
                    break;
            }
        }

        foreach (var (from, to) in memories)
        {
            to.Writes = [.. from.Writes.Select(w => w with { Address = Map[w.Address], Data = Map[w.Data], Enable = Map[w.Enable], Mask = w.Mask is null ? null : Map[w.Mask] })];
        }

        foreach (var (from, to) in instances)
        {
            to.Reset = from.Reset is null ? null : (RegisterNode)Map[from.Reset];
            to.Inputs = [.. from.Inputs.Select(i => (to.Definition.Port(i.Port.Name), Map[i.Value]))];
        }
    }

    private Statement Copy(Statement statement) => statement switch
    {
        AssignStatement a => a with { Target = Map[a.Target], Value = Map[a.Value] },
        IfStatement i => i with { Condition = Map[i.Condition], Then = [.. i.Then.Select(Copy)], Else = [.. i.Else.Select(Copy)] },
        SwitchStatement s => s with { Selector = Map[s.Selector], Arms = [.. s.Arms.Select(a => a with { Body = [.. a.Body.Select(Copy)] })], Default = [.. s.Default.Select(Copy)] },
        _ => throw new InvalidOperationException($"{statement.GetType().Name} is not a statement that can be copied"),
    };
}
