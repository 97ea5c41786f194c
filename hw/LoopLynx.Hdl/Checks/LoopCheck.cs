using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>
/// HDL0203: a value that depends on itself without a register in between, also through instances. Prints one shortest cycle, named nets only.
/// </summary>
internal static class LoopCheck
{
    public static void Run(Builder builder, Definition definition)
    {
        var through = new Dictionary<(InstanceInfo, string), HashSet<string>>();
        foreach (var instance in definition.Instances)
        {
            foreach (var (output, inputs) in CombinationalPaths.Of(instance.Definition))
            {
                through[(instance, output)] = inputs;
            }
        }

        IEnumerable<Node> Edges(Node node) => node is InstanceOutputNode o
            ? o.Instance.Inputs.Where(i => through[(o.Instance, o.Port.Name)].Contains(i.Port.Name)).Select(i => i.Value)
            : node.Operands;

        var inLoop = CyclicNodes(definition, Edges);
        if (inLoop is null)
        {
            return;
        }

        var cycle = Shortest(inLoop, Edges);
        var named = cycle.Where(n => n.Name is not null).ToList();
        var first = named.FirstOrDefault() ?? cycle[0];
        builder.Report("HDL0203", $"combinational loop: {string.Join(" -> ", named.Append(first).Select(n => n.Name))}", first.Location,
            "put a register into the loop", [.. named.Skip(1).Where(n => n.Location.IsKnown).Select(n => ($"through '{n.Name}'", n.Location))]);
    }

    /// <summary>The nodes that are left when everything without a cycle is peeled off; null when nothing is left.</summary>
    private static List<Node>? CyclicNodes(Definition definition, Func<Node, IEnumerable<Node>> edges)
    {
        var users = definition.Nodes.ToDictionary(n => n, _ => new List<Node>());
        var open = new Dictionary<Node, int>();
        foreach (var node in definition.Nodes)
        {
            var count = 0;
            foreach (var operand in edges(node))
            {
                users[operand].Add(node);
                count++;
            }

            open[node] = count;
        }

        var ready = new Stack<Node>(open.Where(p => p.Value == 0).Select(p => p.Key));
        while (ready.TryPop(out var node))
        {
            open.Remove(node);
            foreach (var user in users[node])
            {
                if (--open[user] == 0)
                {
                    ready.Push(user);
                }
            }
        }

        return open.Count == 0 ? null : [.. definition.Nodes.Where(open.ContainsKey)];
    }

    private static List<Node> Shortest(List<Node> nodes, Func<Node, IEnumerable<Node>> edges)
    {
        List<Node>? best = null;
        foreach (var start in nodes.Where(n => n.Name is not null).DefaultIfEmpty(nodes[0]))
        {
            var from = new Dictionary<Node, Node>();
            var queue = new Queue<Node>([start]);
            while (queue.TryDequeue(out var node) && !from.ContainsKey(start))
            {
                foreach (var next in edges(node))
                {
                    if (from.TryAdd(next, node))
                    {
                        queue.Enqueue(next);
                    }
                }
            }

            if (!from.ContainsKey(start))
            {
                continue;
            }

            var cycle = new List<Node> { start };
            for (var node = from[start]; !ReferenceEquals(node, start); node = from[node])
            {
                cycle.Add(node);
            }

            if (best is null || cycle.Count < best.Count)
            {
                best = cycle;
            }
        }

        return best ?? nodes;
    }
}
