using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>A graph of steps with hard edges, which always hold, and soft edges, which cost a copy of some state where they don't.</summary>
internal sealed class OrderGraph
{
    private readonly Dictionary<Step, Dictionary<Step, HashSet<Value>?>> _before = [];

    /// <summary>States that <paramref name="first"/> before <paramref name="second"/>; soft edges name the state that is copied otherwise.</summary>
    public void Add(Step first, Step second, Value? soft)
    {
        if (!_before.TryGetValue(second, out var edges))
        {
            _before[second] = edges = [];
        }

        if (soft is null)
        {
            edges[first] = null;
        }
        else if (!edges.TryGetValue(first, out var states))
        {
            edges[first] = [soft];
        }
        else
        {
            states?.Add(soft);
        }
    }

    /// <summary>Steps that have to come before this one; soft edges that an order has dropped aren't among them.</summary>
    public IEnumerable<Step> Before(Step step) => _before.TryGetValue(step, out var edges) ? edges.Keys : [];

    /// <summary>An order that keeps all hard edges and drops few soft ones. A cycle of hard edges is reported and broken anywhere.</summary>
    public List<Step> Order(IEnumerable<Step> steps, Action<IReadOnlyList<Step>> hardCycle)
    {
        var result = new List<Step>();
        var open = new Stack<List<Step>>();
        open.Push([.. steps]);
        while (open.TryPop(out var group))
        {
            if (group.Count == 1)
            {
                result.Add(group[0]);
                continue;
            }

            var components = Components.Of(group, Before);
            if (components.Count == 1)
            {
                DropCheapest(group, hardCycle);
                open.Push(group);
                continue;
            }

            for (var i = components.Count - 1; i >= 0; i--)
            {
                open.Push(components[i]);
            }
        }

        return result;
    }

    // Frees the step of a cycle that waits only for soft edges and whose states are the smallest.
    private void DropCheapest(List<Step> cycle, Action<IReadOnlyList<Step>> hardCycle)
    {
        var inside = cycle.ToHashSet();
        Step? best = null;
        var least = int.MaxValue;
        foreach (var step in cycle)
        {
            var edges = _before[step].Where(e => inside.Contains(e.Key)).ToList();
            if (edges.TrueForAll(e => e.Value is not null))
            {
                var bytes = edges.SelectMany(e => e.Value!).Distinct().Sum(s => LaneStorage.Bytes(s.Type));
                if (bytes < least)
                {
                    (best, least) = (step, bytes);
                }
            }
        }

        if (best is null)
        {
            hardCycle(cycle);
            best = cycle[0];
        }

        foreach (var first in cycle)
        {
            _before[best].Remove(first);
        }
    }
}
