using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Graph;

/// <summary>For each anonymous value, the named thing that it serves: temporaries are named after it.</summary>
internal sealed class Sinks
{
    private readonly Dictionary<Node, string> _names = [];

    /// <summary>Looks at the readers of every live value, the nearest first.</summary>
    public Sinks(LiveGraph graph, Definition definition)
    {
        foreach (var assign in graph.Groups.SelectMany(g => g.Targets))
        {
            foreach (var read in graph.Drives.Reads(assign))
            {
                Serve(read, assign.Name);
            }
        }

        foreach (var register in graph.Live<RegisterNode>())
        {
            Serve(register.Next, register.Name);
        }

        foreach (var memory in graph.Memories)
        {
            foreach (var node in memory.Writes.SelectMany(LiveGraph.WriteReads))
            {
                Serve(node, memory.Name);
            }
        }

        foreach (var instance in definition.Instances)
        {
            foreach (var (port, value) in instance.Inputs)
            {
                Serve(value, $"{instance.Name}_{port.Name}");
            }
        }

        foreach (var assertion in definition.Assertions)
        {
            Serve(assertion.Condition, assertion.Name);
        }

        foreach (var read in graph.Live<MemoryReadNode>())
        {
            foreach (var node in read.Operands.Concat(read.Sampled))
            {
                Serve(node, read.Name ?? read.Memory.Name);
            }
        }

        foreach (var node in graph.Order.Reverse())
        {
            foreach (var operand in graph.CombinationalInputs(node))
            {
                Serve(operand, node.Name ?? Of(node));
            }
        }
    }

    /// <summary>Name of what the value serves, or null.</summary>
    public string? Of(Node node) => _names.GetValueOrDefault(node);

    private void Serve(Node node, string? sink)
    {
        if (sink is not null)
        {
            _names.TryAdd(node, sink);
        }
    }
}
