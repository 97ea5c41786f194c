namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Orders steps so that those of one name follow each other as far as their dependencies allow, and cuts the order into groups.
/// <code>
/// before: a1 b1 a2 b2 a3      after: (a1 a2 a3) (b1 b2)
/// </code>
/// </summary>
internal sealed class GroupOrder
{
    // A group of more statements is cut: its parts are less often awake.
    private const int MaximumOfMinimum = 3;

    private readonly Dictionary<Step, string> _names;
    private readonly Dictionary<Step, int> _weights;
    private readonly Dictionary<Step, int> _waits = [];
    private readonly Dictionary<Step, List<Step>> _after;
    private readonly Dictionary<Step, int> _position;
    private readonly Dictionary<string, SortedSet<int>> _ready = [];
    private readonly IReadOnlyList<Step> _steps;

    private GroupOrder(IReadOnlyList<Step> steps, Func<Step, IEnumerable<Step>> before, Dictionary<Step, string> names, Dictionary<Step, int> weights)
    {
        (_steps, _names, _weights) = (steps, names, weights);
        _position = steps.Index().ToDictionary(s => s.Item, s => s.Index);
        _after = steps.ToDictionary(s => s, _ => new List<Step>());
        foreach (var step in steps)
        {
            var firsts = before(step).Where(_position.ContainsKey).ToList();
            _waits[step] = firsts.Count;
            firsts.ForEach(f => _after[f].Add(step));
        }
    }

    /// <summary>The groups of a function's steps in an order that keeps all of <paramref name="before"/>; none where the function is too small.</summary>
    /// <param name="steps">The steps in an order that keeps it.</param>
    /// <param name="before">Steps that come before another one.</param>
    /// <param name="minimum">Statements of the smallest group.</param>
    public static List<Group> Run(IReadOnlyList<Step> steps, Func<Step, IEnumerable<Step>> before, int minimum)
    {
        var weights = steps.ToDictionary(s => s, StepWeight.Total);
        if (weights.Values.Sum() < MaximumOfMinimum * minimum)
        {
            return [];
        }

        var order = new GroupOrder(steps, before, GroupNames.Of(steps, before, weights, minimum), weights);
        return order.Cut(order.Runs(), minimum);
    }

    private List<List<Step>> Runs()
    {
        foreach (var step in _steps.Where(s => _waits[s] == 0))
        {
            Ready(step);
        }

        var runs = new List<List<Step>>();
        while (_ready.Values.Any(r => r.Count > 0))
        {
            var steps = _ready.Where(r => r.Value.Count > 0).MaxBy(r => r.Value.Sum(p => _weights[_steps[p]])).Value;
            var run = new List<Step>();
            while (steps.Count > 0)
            {
                var step = _steps[steps.Min];
                steps.Remove(steps.Min);
                run.Add(step);
                foreach (var next in _after[step].Where(n => --_waits[n] == 0))
                {
                    Ready(next);
                }
            }

            runs.Add(run);
        }

        return runs;
    }

    private void Ready(Step step)
    {
        if (!_ready.TryGetValue(_names[step], out var steps))
        {
            _ready[_names[step]] = steps = [];
        }

        steps.Add(_position[step]);
    }

    // Short runs are joined: a group costs a test and a call.
    private List<Group> Cut(List<List<Step>> runs, int minimum)
    {
        var groups = new List<Group>();
        var open = new List<Step>();
        foreach (var run in runs)
        {
            if (run.Sum(s => _weights[s]) >= minimum)
            {
                Close(groups, open);
            }

            foreach (var step in run)
            {
                open.Add(step);
                if (open.Sum(s => _weights[s]) >= MaximumOfMinimum * minimum)
                {
                    Close(groups, open);
                }
            }

            if (open.Sum(s => _weights[s]) >= minimum)
            {
                Close(groups, open);
            }
        }

        Close(groups, open);
        return groups;
    }

    private static void Close(List<Group> groups, List<Step> open)
    {
        if (open.Count > 0)
        {
            groups.Add(new Group([.. open], sleeps: true));
            open.Clear();
        }
    }
}
