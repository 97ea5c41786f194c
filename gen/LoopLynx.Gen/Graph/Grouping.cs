using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Graph;

/// <summary>Puts the live targets of a body into <see cref="AssignmentGroup"/>s.</summary>
internal static class Grouping
{
    /// <summary>Groups in order of their first statement.</summary>
    public static IReadOnlyList<AssignmentGroup> Of(Drives drives, IReadOnlySet<Node> live, Func<Node, IEnumerable<Node>> inputs)
    {
        var byKey = new Dictionary<string, List<Node>>();
        var keys = new List<string>();
        foreach (var target in live.Where(drives.Assigns).OrderBy(t => drives.Touching(t)[0]).ThenBy(t => t.Id))
        {
            var key = Key(target, drives.Touching(target));
            if (!byKey.TryGetValue(key, out var members))
            {
                byKey[key] = members = [];
                keys.Add(key);
            }

            members.Add(target);
        }

        return [.. keys.SelectMany(k => Split(byKey[k], inputs)).Select(t => Make(t, drives))];
    }

    private static string Key(Node target, IReadOnlyList<int> tops)
    {
        var kind = target is RegisterNode r ? $"{r.Domain.Clock} {r.Domain.Reset} {r.HasReset}" : "wire";
        return $"{kind} {string.Join(',', tops)}";
    }

    private static AssignmentGroup Make(ImmutableArray<Node> targets, Drives drives)
    {
        var tops = drives.Touching(targets[0]).Select(i => drives.Body[i]);
        return new(targets, Drives.Only(tops, targets.ToHashSet()));
    }

    /// <summary>
    /// A wire that depends on another wire of its group needs a process of its own: inside one process it would read the other's
    /// value from before its last assignment. Registers are sampled, so they never depend on each other within a block.
    /// </summary>
    private static IEnumerable<ImmutableArray<Node>> Split(List<Node> members, Func<Node, IEnumerable<Node>> inputs) =>
        members.Count > 1 && members[0] is WireNode && Reaches(members, inputs)
            ? members.Select(m => ImmutableArray.Create(m))
            : [[.. members]];

    private static bool Reaches(List<Node> members, Func<Node, IEnumerable<Node>> inputs)
    {
        var goals = members.ToHashSet();
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>(members.SelectMany(inputs));
        while (pending.TryPop(out var node))
        {
            if (goals.Contains(node))
            {
                return true;
            }

            if (seen.Add(node))
            {
                foreach (var input in inputs(node))
                {
                    pending.Push(input);
                }
            }
        }

        return false;
    }
}
