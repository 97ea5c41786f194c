using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Layout;

/// <summary>
/// Registers that always hold what another one holds: the copies that a design makes so that no net drives too many loads. They begin alike and take the same
/// next value, so a simulator needs one place for all of them.
/// <code>
/// a' = mux(e, x, a); b' = mux(e, x, b); c' = mux(a, y, c); d' = mux(b, y, d)        b is a, and so d is c
/// </code>
/// </summary>
internal static class EqualRegisters
{
    /// <summary>Each register that another one stands for, and which.</summary>
    /// <param name="flat">A flat definition.</param>
    public static IReadOnlyDictionary<RegisterNode, RegisterNode> Of(Definition flat)
    {
        var ports = flat.Ports.Select(p => p.Node).ToHashSet();
        List<RegisterNode> left = [.. flat.Registers.Where(r => r.Crossing == CrossingKind.None && !ports.Contains(r))];
        var equal = new Dictionary<RegisterNode, RegisterNode>();

        // What is found equal makes more equal.
        for (var found = -1; found != equal.Count;)
        {
            found = equal.Count;
            var first = new Dictionary<Sameness, RegisterNode>();
            left.RemoveAll(register => Sameness.Of(register, equal) is { } key && !first.TryAdd(key, register) && equal.TryAdd(register, first[key]));
        }

        return equal.ToDictionary(e => e.Key, e => Standing(e.Value, equal));
    }

    private static RegisterNode Standing(RegisterNode register, Dictionary<RegisterNode, RegisterNode> equal)
    {
        while (equal.TryGetValue(register, out var other))
        {
            register = other;
        }

        return register;
    }

    /// <summary>What registers must have in common: how they begin, and from where they take the next value; a null node is the register itself.</summary>
    private sealed record Sameness(object Kind, Node? Select, Node? WhenTrue, Node? WhenFalse, string Initial)
    {
        /// <summary>Null: the register never changes, or nothing can be said.</summary>
        public static Sameness? Of(RegisterNode register, Dictionary<RegisterNode, RegisterNode> equal)
        {
            Node? Source(Node node)
            {
                while (node is WireNode wire && wire.Value.Type == wire.Type)
                {
                    node = wire.Value;
                }

                return node == register ? null : node is RegisterNode other ? Standing(other, equal) : node;
            }

            var kind = (register.Type, register.Domain, register.HasReset);
            var initial = string.Join(' ', register.Initial);
            return Source(register.Next) switch
            {
                null => null,
                MuxNode mux => new(
                    (kind, mux.Type, mux.Operands[1].Type, mux.Operands[2].Type),
                    Source(mux.Operands[0]),
                    Source(mux.Operands[1]),
                    Source(mux.Operands[2]),
                    initial),
                var next => new(kind, next, next, next, initial),
            };
        }
    }
}
