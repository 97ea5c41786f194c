using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>HDL0206: a register that the user declared and nothing reads. Names that start with <c>unused</c> are exempt.</summary>
internal static class UseCheck
{
    public static void Run(Builder builder, Definition definition)
    {
        var used = new HashSet<Node>();
        var roots = new Stack<Node>(definition.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => p.Node));
        foreach (var node in definition.Instances.SelectMany(i => i.Inputs.Select(p => p.Value))
                     .Concat(definition.Instances.Select(i => i.Reset).OfType<Node>())
                     .Concat(definition.Assertions.Select(a => a.Condition))
                     .Concat(definition.Memories.SelectMany(m => m.Writes).SelectMany(w => new[] { w.Address, w.Data, w.Enable, w.Mask ?? w.Enable })))
        {
            roots.Push(node);
        }

        while (roots.TryPop(out var node))
        {
            if (used.Add(node))
            {
                foreach (var operand in node.Operands.Concat(node.Sampled))
                {
                    roots.Push(operand);
                }
            }
        }

        foreach (var node in definition.Nodes)
        {
            if (node is RegisterNode { Name: not null } register && builder.IsDeclared(register) && !used.Contains(node) && !node.Name.StartsWith("unused", StringComparison.OrdinalIgnoreCase))
            {
                builder.Report("HDL0206", $"register '{node.Name}' ({node.Type}) is never read", node.Location, "remove it, or begin its name with 'unused'");
            }
        }
    }
}
