using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Orders the steps of every region: values before their users and memory reads before writes always; readers of a register before its update
/// where that is possible without a cycle. A register that is updated before its last reader gets a shadow copy.
/// <code>
/// p.next = x * w; acc.next = acc + p      order: acc += p; p = x * w      no copies
/// a.next = b; b.next = a                  order: old = b; b = a; a = old
/// </code>
/// </summary>
internal sealed class StepOrder
{
    private readonly FunctionPlan _plan;
    private readonly int? _group;
    private readonly Dictionary<Region, OrderGraph> _graphs = [];
    private readonly List<(Step Reader, Step Writer, Value State)> _readers = [];

    private StepOrder(FunctionPlan plan, int? group) => (_plan, _group) = (plan, group);

    /// <summary>Orders the plan. Returns the memories whose writes must run late because reads and writes of branches depend on each other; empty when done.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="inPlace">Whether registers are updated in place.</param>
    /// <param name="group">Statements of the smallest group that sleeps; null: none does.</param>
    /// <param name="planted">A mistake.</param>
    public static HashSet<MemoryInfo> Run(FunctionPlan plan, bool inPlace, int? group, Miscompile planted)
    {
        var order = new StepOrder(plan, group);
        order.Connect();
        var cyclic = new HashSet<MemoryInfo>();
        order.Sort(plan.Root, cyclic);
        cyclic.UnionWith(order.ReadTooLate());
        if (cyclic.Count == 0)
        {
            if (planted != Miscompile.InPlace || !inPlace)
            {
                order.FindShadows(inPlace);
            }
        }

        return cyclic;
    }

    private void Connect()
    {
        foreach (var step in _plan.Steps)
        {
            foreach (var need in step.Needs)
            {
                Before(need, step, null);
            }
        }

        var readers = Group(_plan.Steps.SelectMany(s => s.States, (step, state) => (state, step)));
        foreach (var writer in _plan.Steps)
        {
            if (writer.Target is { } target && readers.TryGetValue(target, out var before))
            {
                foreach (var reader in before.Where(r => r != writer))
                {
                    _readers.Add((reader, writer, target));
                    Before(reader, writer, target);
                }
            }
        }

        ConnectMemories();
    }

    private void ConnectMemories()
    {
        var readers = Group(_plan.Steps.SelectMany(s => s.Memories, (step, memory) => (memory, step)));
        var writers = Group(_plan.Steps.Where(s => s.Sink is WriteSink).Select(s => (((WriteSink)s.Sink!).Memory, s)));
        foreach (var (memory, writes) in writers)
        {
            // Of two writes to one row, the later port wins.
            writes.Sort((a, b) => ((WriteSink)a.Sink!).Port - ((WriteSink)b.Sink!).Port);
            for (var i = 0; i < writes.Count; i++)
            {
                foreach (var reader in readers.GetValueOrDefault(memory, []).Where(r => r != writes[i]))
                {
                    Before(reader, writes[i], null);
                }

                for (var j = 0; j < i; j++)
                {
                    Before(writes[j], writes[i], null);
                }
            }
        }
    }

    private static Dictionary<TKey, List<Step>> Group<TKey>(IEnumerable<(TKey Key, Step Step)> pairs) where TKey : notnull =>
        pairs.GroupBy(p => p.Key, p => p.Step).ToDictionary(g => g.Key, g => g.ToList());

    private void Before(Step first, Step second, Value? soft)
    {
        var region = Region.Common(first.Region, second.Region);
        var (a, b) = (region.ItemOf(first), region.ItemOf(second));
        if (a != b)
        {
            if (!_graphs.TryGetValue(region, out var graph))
            {
                _graphs[region] = graph = new OrderGraph();
            }

            graph.Add(a, b, soft);
        }
    }

    // What late steps read must not have been written by then.
    private IEnumerable<MemoryInfo> ReadTooLate() => _plan.Steps
        .Where(s => _plan.Root.ItemOf(s).Kind == StepKind.Late)
        .SelectMany(s => s.Memories)
        .Where(m => m.Writes.Length > 0 && !_plan.Frozen.Contains(m));

    private void Sort(Region region, HashSet<MemoryInfo> cyclic)
    {
        if (_graphs.TryGetValue(region, out var graph))
        {
            var late = region.Steps.Where(s => s.Kind == StepKind.Late).ToList();
            var steps = graph.Order(region.Steps.Where(s => s.Kind != StepKind.Late), cycle => cyclic.UnionWith(cycle.SelectMany(Written)));
            if (_group is { } minimum && ReferenceEquals(region, _plan.Root) && cyclic.Count == 0)
            {
                steps = Divide(steps, late, graph, minimum);
            }

            region.Steps = [.. steps, .. late];
        }

        foreach (var arm in region.Steps.SelectMany(s => s.Arms))
        {
            Sort(arm.Region, cyclic);
        }
    }

    private List<Step> Divide(List<Step> steps, List<Step> late, OrderGraph graph, int minimum)
    {
        var groups = GroupOrder.Run(steps, graph.Before, minimum);
        if (groups.Count == 0)
        {
            return steps;
        }

        _plan.Divide(late.Count == 0 ? groups : [.. groups, new Group(late, sleeps: false)]);
        return [.. groups.SelectMany(g => g.Steps)];
    }

    private static IEnumerable<MemoryInfo> Written(Step step) => step.Sink is WriteSink w
        ? [w.Memory]
        : step.Arms.SelectMany(a => a.Region.Steps).SelectMany(Written);

    private void FindShadows(bool inPlace)
    {
        var position = new Dictionary<Step, int>();
        Number(_plan.Root, position);
        foreach (var (reader, writer, state) in _readers)
        {
            var region = Region.Common(reader.Region, writer.Region);
            var (a, b) = (region.ItemOf(reader), region.ItemOf(writer));
            if (a != b && (!inPlace || position[a] > position[b]))
            {
                _plan.Shadows.Add(state);
            }
        }

        foreach (var writer in _plan.Steps)
        {
            if (writer.Target is { } target && writer.States.Contains(target) && (!inPlace || ReadsElsewhere(writer, target)))
            {
                _plan.Shadows.Add(target);
            }
        }
    }

    // A lane loop that stores lane i may only read lane i of the old value.
    private static bool ReadsElsewhere(Step writer, Value target)
    {
        if (target.Shape == Shape.Scalar)
        {
            return false;
        }

        var elsewhere = false;
        foreach (var (value, moved) in writer.Members.SelectMany(m => m.Operands, (m, o) => (o, m.Kind == ValueKind.LaneMap)).Append((writer.Root!, false)))
        {
            Bases.Visit(value, (state, inPlace) => elsewhere |= ReferenceEquals(state, target) && (moved || !inPlace), _ => { });
        }

        return elsewhere;
    }

    private static void Number(Region region, Dictionary<Step, int> position)
    {
        foreach (var step in region.Steps)
        {
            position[step] = position.Count;
            foreach (var arm in step.Arms)
            {
                Number(arm.Region, position);
            }
        }
    }
}
