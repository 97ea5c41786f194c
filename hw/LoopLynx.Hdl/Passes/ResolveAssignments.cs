using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>
/// Folds the structured assignments of a module into one expression a target.
/// <code>
/// before: y = 0; if (c) y = a;      r: if (e) r &lt;= d;
/// after:  y = mux(c, a, 0)          r.next = mux(e, d, r)
/// </code>
/// A target that some path leaves without a value maps to null (a latch, or never driven).
/// </summary>
internal sealed class ResolveAssignments(NodeArena arena)
{
    /// <summary>Final value of every assigned wire and register.</summary>
    public static Dictionary<Node, Node?> Run(NodeArena arena, IReadOnlyList<Statement> body)
    {
        var values = new Dictionary<Node, Node?>();
        new ResolveAssignments(arena).Execute(body, values);
        return values;
    }

    private static Node? Before(Dictionary<Node, Node?> values, Node target) =>
        values.TryGetValue(target, out var value) ? value : target is RegisterNode ? target : null;

    private void Execute(IReadOnlyList<Statement> body, Dictionary<Node, Node?> values)
    {
        foreach (var statement in body)
        {
            switch (statement)
            {
                case AssignStatement assign:
                    values[assign.Target] = assign.Value;
                    break;
                case IfStatement conditional:
                    var then = Branch(conditional.Then, values);
                    var otherwise = Branch(conditional.Else, values);
                    foreach (var target in then.Keys.Union(otherwise.Keys).ToArray())
                    {
                        var a = then.TryGetValue(target, out var t) ? t : Before(values, target);
                        var b = otherwise.TryGetValue(target, out var e) ? e : Before(values, target);
                        values[target] = a is null || b is null ? null : arena.Mux(target.Type, conditional.Condition, a, b);
                    }

                    break;
                case SwitchStatement choice:
                    Choose(choice, values);
                    break;
            }
        }
    }

    private void Choose(SwitchStatement choice, Dictionary<Node, Node?> values)
    {
        var arms = choice.Arms.Select(arm => (arm.Keys, Values: Branch(arm.Body, values))).ToList();
        var fallback = Branch(choice.Default, values);
        if (new BigInteger(arms.Sum(a => a.Keys.Length)) == BigInteger.One << choice.Selector.Type.Width)
        {
            fallback = arms[^1].Values;
        }

        foreach (var target in arms.SelectMany(a => a.Values.Keys).Union(fallback.Keys).ToArray())
        {
            Node? In(Dictionary<Node, Node?> branch) => branch.TryGetValue(target, out var v) ? v : Before(values, target);
            var keys = ImmutableArray.CreateBuilder<BigInteger>();
            var chosen = new List<Node?>();
            foreach (var arm in arms)
            {
                foreach (var key in arm.Keys)
                {
                    keys.Add(key);
                    chosen.Add(In(arm.Values));
                }
            }

            var last = In(fallback);
            values[target] = last is null || chosen.Contains(null)
                ? null
                : arena.Case(target.Type, choice.Selector, last, keys.ToImmutable(), [.. chosen.Select(c => c!)]);
        }
    }

    private Dictionary<Node, Node?> Branch(IReadOnlyList<Statement> body, Dictionary<Node, Node?> before)
    {
        var values = new Dictionary<Node, Node?>(before);
        Execute(body, values);
        var changed = new Dictionary<Node, Node?>();
        foreach (var (target, value) in values)
        {
            if (!before.TryGetValue(target, out var old) || !ReferenceEquals(old, value))
            {
                changed.Add(target, value);
            }
        }

        return changed;
    }
}
