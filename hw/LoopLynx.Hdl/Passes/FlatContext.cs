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

    /// <summary>
    /// Copies one instance. State and wires are made first, as empty shells, because expressions refer to them from anywhere; then expressions; then the shells' inputs.
    /// </summary>
    /// <returns>The copy of each node of the definition.</returns>
    public Dictionary<Node, Node> Copy(Definition definition, string prefix, IReadOnlyDictionary<PortInfo, Node> inputs)
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
                RegisterNode r => new RegisterNode(r.Type, r.Domain, r.Initial, r.HasReset, r.Crossing) { States = r.States },
                MemoryReadNode m => new MemoryReadNode(memories[m.Memory], m.Synchronous, m.Domain, m.Crossing),
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
            children[instance] = (wires, Copy(instance.Definition, $"{prefix}{instance.Name}.", wires.ToDictionary(w => w.Key, w => (Node)w.Value)));
        }

        foreach (var output in definition.Nodes.OfType<InstanceOutputNode>())
        {
            map[output] = children[output.Instance].Map[output.Port.Node];
        }

        foreach (var node in definition.Nodes)
        {
            _expressions.Copy(node, map);
        }

        Connect(definition, map, memories, prefix);
        foreach (var (instance, (wires, _)) in children)
        {
            foreach (var (port, value) in instance.Inputs)
            {
                wires[port].Value = map[value];
            }
        }

        return map;
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

    private void Connect(Definition definition, Dictionary<Node, Node> map, Dictionary<MemoryInfo, MemoryInfo> memories, string prefix)
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
            to.Writes = [.. from.Writes.Select(w => w with { Address = map[w.Address], Data = map[w.Data], Enable = map[w.Enable], Mask = w.Mask is null ? null : map[w.Mask] })];
        }

        Assertions.AddRange(definition.Assertions.Select(a => a with { Name = prefix + a.Name, Condition = map[a.Condition] }));
        Streams.AddRange(definition.Streams.Select(s => new StreamInfo(prefix + s.Name, map[s.Valid], map[s.Ready], [.. s.Payload.Select(f => map[f])])));
        Fifos.AddRange(definition.Fifos.Select(f => new FifoInfo((prefix + f.Name).TrimEnd('.'), f.Depth, (RegisterNode)map[f.Count])));
    }
}
