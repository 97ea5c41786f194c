using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>Copies definitions into one arena, instance by instance.</summary>
internal sealed class FlatContext(NodeArena arena)
{
    private readonly ExpressionCopy _expressions = new(arena);

    public List<MemoryInfo> Memories { get; } = [];

    public List<AssertionInfo> Assertions { get; } = [];

    public List<StreamInfo> Streams { get; } = [];

    public List<FifoInfo> Fifos { get; } = [];

    public List<PartReset> PartResets { get; } = [];

    /// <summary>
    /// Copies one instance. State and wires are made first, as empty shells, because expressions refer to them from anywhere; then expressions; then the shells' inputs.
    /// </summary>
    /// <param name="definition">What is copied.</param>
    /// <param name="prefix">Before the names of the copies.</param>
    /// <param name="inputs">What drives the input ports.</param>
    /// <param name="part">What resets the instance; null: the design's resets.</param>
    /// <returns>The copy of each node of the definition.</returns>
    public Dictionary<Node, Node> Copy(Definition definition, string prefix, IReadOnlyDictionary<PortInfo, Node> inputs, PartReset? part = null)
    {
        var map = new Dictionary<Node, Node>();
        var memories = definition.Memories.ToDictionary(m => m, m => CopyShell(m, prefix));
        var children = new Dictionary<InstanceInfo, (Dictionary<PortInfo, WireNode> Inputs, Dictionary<Node, Node> Map)>();
        foreach (var port in definition.Ports.Where(p => p.Direction == PortDirection.Input))
        {
            map[port.Node] = inputs[port];
        }

        foreach (var node in definition.Nodes)
        {
            Node? shell = node switch
            {
                WireNode => new WireNode(node.Type),
                RegisterNode r => new RegisterNode(r.Type, Of(r.Domain, part), r.Initial, r.HasReset, r.Crossing) { States = r.States },
                MemoryReadNode m => new MemoryReadNode(memories[m.Memory], m.Synchronous, Of(m.Domain, part), m.Crossing),
                _ => null,
            };
            if (shell is not null)
            {
                map[node] = arena.Add(shell);
                shell.Name = node.Name is null ? null : prefix + node.Name;
                shell.Location = node.Location;
            }
        }

        foreach (var instance in definition.Instances)
        {
            var wires = instance.Inputs.ToDictionary(i => i.Port, i => arena.Add(new WireNode(i.Port.Type) { Name = $"{prefix}{instance.Name}.{i.Port.Name}", Location = instance.Location }));
            var path = $"{prefix}{instance.Name}";
            var reset = instance.Reset is null ? part : Part(instance, (RegisterNode)map[instance.Reset], path);
            children[instance] = (wires, Copy(instance.Definition, $"{path}.", wires.ToDictionary(w => w.Key, w => (Node)w.Value), reset));
        }

        foreach (var output in definition.Nodes.OfType<InstanceOutputNode>())
        {
            map[output] = children[output.Instance].Map[output.Port.Node];
        }

        foreach (var node in definition.Nodes)
        {
            _expressions.Copy(node, map);
        }

        Connect(definition, map, memories, prefix, part);
        foreach (var (instance, (wires, _)) in children)
        {
            foreach (var (port, value) in instance.Inputs)
            {
                wires[port].Value = map[value];
            }
        }

        return map;
    }

    // All domains of an instance that a register resets have one clock.
    private static ClockDomain Of(ClockDomain domain, PartReset? part) => part?.Domain ?? domain;

    private PartReset Part(InstanceInfo instance, RegisterNode register, string path)
    {
        var part = new PartReset(new ClockDomain(register.Domain.Clock, $"{path}.reset"), register, instance.Definition.ResetStages);
        PartResets.Add(part);
        return part;
    }

    private MemoryInfo CopyShell(MemoryInfo memory, string prefix)
    {
        var copy = new MemoryInfo(prefix + memory.Name, memory.RowType, memory.Depth, memory.Style, memory.Initial)
        {
            Id = Memories.Count,
            Location = memory.Location,
        };
        Memories.Add(copy);
        return copy;
    }

    private void Connect(Definition definition, Dictionary<Node, Node> map, Dictionary<MemoryInfo, MemoryInfo> memories, string prefix, PartReset? part)
    {
        foreach (var node in definition.Nodes)
        {
            switch (node)
            {
                case WireNode w:
                    ((WireNode)map[w]).Value = map[w.Value];
                    break;
                case RegisterNode r:
                    ((RegisterNode)map[r]).Next = map[r.Next];
                    break;
                case MemoryReadNode m:
                    var read = (MemoryReadNode)map[m];
                    read.Address = map[m.Address];
                    read.Enable = m.Enable is null ? null : map[m.Enable];
                    break;
            }
        }

        foreach (var (from, to) in memories)
        {
            to.Writes = [.. from.Writes.Select(w => w with
            {
                Address = map[w.Address],
                Data = map[w.Data],
                Enable = map[w.Enable],
                Mask = w.Mask is null ? null : map[w.Mask],
                Domain = Of(w.Domain, part),
            })];
        }

        Assertions.AddRange(definition.Assertions.Select(a => a with { Name = prefix + a.Name, Condition = map[a.Condition], Domain = Of(a.Domain, part) }));
        Streams.AddRange(definition.Streams.Select(s => new StreamInfo(prefix + s.Name, map[s.Valid], map[s.Ready], [.. s.Payload.Select(f => map[f])])));
        Fifos.AddRange(definition.Fifos.Select(f => new FifoInfo((prefix + f.Name).TrimEnd('.'), f.Depth, (RegisterNode)map[f.Count])));
    }
}
