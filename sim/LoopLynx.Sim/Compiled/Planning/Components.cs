namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>Strongly connected components (Tarjan's algorithm, without recursion).</summary>
internal static class Components
{
    /// <summary>Components of the graph restricted to <paramref name="steps"/>; what comes before is listed before.</summary>
    public static List<List<Step>> Of(IReadOnlyList<Step> steps, Func<Step, IEnumerable<Step>> before)
    {
        var result = new List<List<Step>>();
        var inside = steps.ToHashSet();
        var index = new Dictionary<Step, int>();
        var low = new Dictionary<Step, int>();
        var path = new Stack<Step>();
        var onPath = new HashSet<Step>();
        var calls = new Stack<(Step Step, IEnumerator<Step> Edges)>();

        void Enter(Step step)
        {
            index[step] = low[step] = index.Count;
            path.Push(step);
            onPath.Add(step);
            calls.Push((step, before(step).Where(inside.Contains).GetEnumerator()));
        }

        foreach (var root in steps)
        {
            if (index.ContainsKey(root))
            {
                continue;
            }

            Enter(root);
            while (calls.TryPeek(out var call))
            {
                if (call.Edges.MoveNext())
                {
                    var next = call.Edges.Current;
                    if (!index.TryGetValue(next, out var number))
                    {
                        Enter(next);
                    }
                    else if (onPath.Contains(next))
                    {
                        low[call.Step] = Math.Min(low[call.Step], number);
                    }

                    continue;
                }

                calls.Pop();
                if (calls.TryPeek(out var caller))
                {
                    low[caller.Step] = Math.Min(low[caller.Step], low[call.Step]);
                }

                if (low[call.Step] == index[call.Step])
                {
                    var component = new List<Step>();
                    Step member;
                    do
                    {
                        member = path.Pop();
                        onPath.Remove(member);
                        component.Add(member);
                    }
                    while (member != call.Step);
                    component.Reverse();
                    result.Add(component);
                }
            }
        }

        return result;
    }
}
