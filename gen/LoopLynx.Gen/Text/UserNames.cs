using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Text;

/// <summary>Verilog names of everything that the user named, taken before any temporary gets a name.</summary>
internal sealed class UserNames
{
    private readonly Dictionary<Node, string> _nodes = [];

    /// <summary>Takes the names: ports first, since other modules see them.</summary>
    public UserNames(Definition definition, IEnumerable<Node> live, NameTable names)
    {
        (Domains, Ports) = PortNames.Of(definition, names);
        foreach (var port in definition.Ports)
        {
            _nodes.Add(port.Node, Ports[port]);
        }

        foreach (var node in live.Where(n => n.Name is not null).OrderBy(n => n.Id))
        {
            if (!_nodes.ContainsKey(node))
            {
                _nodes.Add(node, names.User(node.Name!));
            }
        }

        Memories = definition.Memories.ToDictionary(m => m, m => names.User(m.Name));
        Instances = definition.Instances.ToDictionary(i => i, i => names.User(i.Name));
        Assertions = definition.Assertions.ToDictionary(a => a, a => names.User(a.Name));
    }

    /// <summary>Clock and reset ports by the domain's names.</summary>
    public IReadOnlyDictionary<string, string> Domains { get; }

    /// <summary>Ports.</summary>
    public IReadOnlyDictionary<PortInfo, string> Ports { get; }

    /// <summary>Memories.</summary>
    public IReadOnlyDictionary<MemoryInfo, string> Memories { get; }

    /// <summary>Instances.</summary>
    public IReadOnlyDictionary<InstanceInfo, string> Instances { get; }

    /// <summary>Assertions.</summary>
    public IReadOnlyDictionary<AssertionInfo, string> Assertions { get; }

    /// <summary>The name of a node, or null for an anonymous one.</summary>
    public string? Of(Node node) => _nodes.GetValueOrDefault(node);
}
