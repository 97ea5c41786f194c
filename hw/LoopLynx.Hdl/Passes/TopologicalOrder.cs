using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>Orders the nodes of a definition so that combinational operands come before their users.</summary>
public static class TopologicalOrder
{
    /// <summary>All nodes in order. The definition has no combinational loop (elaboration checks that); a loop throws.</summary>
    public static ImmutableArray<Node> Of(Definition definition)
    {
        var order = ImmutableArray.CreateBuilder<Node>(definition.Nodes.Length);
        var state = new byte[definition.Nodes.Length];
        var pending = new Stack<(Node Node, int Next)>();
        foreach (var root in definition.Nodes)
        {
            if (state[root.Id] != 0)
            {
                continue;
            }

            state[root.Id] = 1;
            pending.Push((root, 0));
            while (pending.TryPop(out var top))
            {
                var operands = top.Node.Operands;
                if (top.Next == operands.Length)
                {
                    state[top.Node.Id] = 2;
                    order.Add(top.Node);
                    continue;
                }

                pending.Push((top.Node, top.Next + 1));
                var operand = operands[top.Next];
                if (state[operand.Id] == 1)
                {
                    throw new HdlException("HDL0203", $"combinational loop through '{operand.Name ?? operand.GetType().Name}' in {definition.Name}", "put a register into the loop");
                }

                if (state[operand.Id] == 0)
                {
                    state[operand.Id] = 1;
                    pending.Push((operand, 0));
                }
            }
        }

        return order.ToImmutable();
    }
}
