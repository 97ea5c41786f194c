using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Coverage;

/// <summary>What the structure of a state machine tells: its states' names, and which state can follow which.</summary>
internal static class StateMachine
{
    /// <summary>The register that a node is, seen through wires, if it is a state machine's; else null.</summary>
    public static RegisterNode? Of(Node node)
    {
        while (node is WireNode wire)
        {
            node = wire.Value;
        }

        return node is RegisterNode { States.IsEmpty: false } register ? register : null;
    }

    /// <summary>States that may follow each state; null where something else than the machine's own constants drives it.</summary>
    public static ImmutableArray<ImmutableArray<int>>? Successors(RegisterNode machine)
    {
        var all = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        for (var state = 0; state < machine.States.Length; state++)
        {
            var next = new SortedSet<int>();
            if (!Collect(machine.Next, new InState(machine, state), next) || next.Max >= machine.States.Length)
            {
                return null;
            }

            all.Add([.. next]);
        }

        return all.ToImmutable();
    }

    private static bool Collect(Node next, InState context, SortedSet<int> found)
    {
        if (context.Value(next) is { } known)
        {
            found.Add((int)known);
            return true;
        }

        return next switch
        {
            WireNode wire => Collect(wire.Value, context, found),
            MuxNode { Operands: [var select, var whenTrue, var whenFalse] } => context.Value(select) is { } chosen
                ? Collect(chosen.IsOne ? whenTrue : whenFalse, context, found)
                : Collect(whenTrue, context, found) & Collect(whenFalse, context, found),
            CaseNode { Operands: [var selector, var otherwise, .. var arms] } choice => context.Value(selector) is { } key
                ? Collect(choice.Keys.IndexOf(key) is >= 0 and var arm ? arms[arm] : otherwise, context, found)
                : arms.Append(otherwise).All(arm => Collect(arm, context, found)),
            _ => false,
        };
    }

    /// <summary>Values of scalars while the machine is in one state, where they follow from that alone.</summary>
    private sealed class InState(RegisterNode machine, int state)
    {
        private readonly Dictionary<Node, BigInteger?> _values = [];

        public BigInteger? Value(Node node)
        {
            if (node.Type.Lanes != 1)
            {
                return null;
            }

            if (!_values.TryGetValue(node, out var value))
            {
                _values[node] = null;
                _values[node] = value = Compute(node);
            }

            return value;
        }

        private BigInteger? Compute(Node node)
        {
            switch (node)
            {
                case RegisterNode:
                    return ReferenceEquals(node, machine) ? state : null;
                case ConstNode c:
                    return c.Values[0];
                case BinaryNode { Op: BinaryOp.And, Type.IsBit: true } both when both.Operands.Any(o => Value(o) is { IsZero: true }):
                    return 0;
                case BinaryNode { Op: BinaryOp.Or, Type.IsBit: true } either when either.Operands.Any(o => Value(o) is { IsOne: true }):
                    return 1;
                case InputNode or MemoryReadNode or InstanceOutputNode:
                    return null;
                default:
                    return node.Operands.All(o => Value(o) is not null) ? NodeSemantics.Evaluate(node, o => [Value(o)!.Value])[0] : null;
            }
        }
    }
}
