using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>Which inputs of a definition each output depends on without a register in between.</summary>
public static class CombinationalPaths
{
    // Definitions are immutable and shared by many instances; the table lives as long as the definition does.
    private static readonly ConditionalWeakTable<Definition, Dictionary<string, HashSet<string>>> Known = [];

    /// <summary>For each output port's name, the names of the inputs that reach it.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>> Of(Definition definition) =>
        Known.GetValue(definition, static d => d.Ports.Where(p => p.Direction == PortDirection.Output).ToDictionary(p => p.Name, p => Inputs(d, p.Node)));

    private static HashSet<string> Inputs(Definition definition, Node output)
    {
        var names = new HashSet<string>();
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>([output]);
        while (pending.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (node is InputNode)
            {
                names.Add(node.Name!);
            }

            if (node is InstanceOutputNode o)
            {
                var reaching = Of(o.Instance.Definition)[o.Port.Name];
                foreach (var (port, value) in o.Instance.Inputs)
                {
                    if (reaching.Contains(port.Name))
                    {
                        pending.Push(value);
                    }
                }
            }

            foreach (var operand in node.Operands)
            {
                pending.Push(operand);
            }
        }

        return names;
    }
}
