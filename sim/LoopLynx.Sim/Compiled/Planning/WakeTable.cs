using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Which groups have to run when something changes: a set of bits for each state, memory and value that groups read.
/// A state that changes at an edge is seen by the next cycle; a value of another group by this one, for its group has run before.
/// </summary>
internal sealed class WakeTable
{
    private readonly Dictionary<Value, BigInteger> _states = [];
    private readonly Dictionary<Step, BigInteger> _steps = [];
    private readonly Dictionary<MemoryInfo, BigInteger> _memories = [];
    private readonly Dictionary<MemoryInfo, List<Group>> _writers = [];

    /// <summary>Numbers the groups of all functions and finds what they read.</summary>
    /// <param name="plans">All functions.</param>
    /// <param name="planted">A mistake.</param>
    public WakeTable(IReadOnlyList<FunctionPlan> plans, Miscompile planted)
    {
        foreach (var plan in plans.Where(p => p.Sleeps))
        {
            // Each function takes its bits as whole words.
            plan.FirstWord = Words;
            foreach (var (i, group) in plan.Groups.Where(g => g.Sleeps).Index())
            {
                group.Bit = (64 * plan.FirstWord) + i;
                Words = (group.Bit / 64) + 1;
            }

            plan.Words = Words - plan.FirstWord;
        }

        foreach (var plan in plans.Where(p => p.Sleeps))
        {
            foreach (var step in plan.Steps)
            {
                Read(plan, step);
            }

            if (planted == Miscompile.Sleep)
            {
                ForgetOwn(plan);
            }
        }

        foreach (var group in _writers.Values.Where(w => w.Distinct().Count() > 1).SelectMany(w => w).Where(g => g.Sleeps))
        {
            Always |= BigInteger.One << group.Bit;
        }
    }

    /// <summary>Words of 64 bits.</summary>
    public int Words { get; private set; }

    /// <summary>Groups that run in every cycle: of two writers of a memory's row the later one wins, also where only the other one has something new.</summary>
    public BigInteger Always { get; }

    /// <summary>Groups that run in the next cycle when a state has changed; 0 is none.</summary>
    public BigInteger Of(Value state) => _states.GetValueOrDefault(state);

    /// <summary>Groups to wake when what a step stores has changed, and whether that is in this cycle.</summary>
    public Wake Of(Step step) => step switch
    {
        { Target: { } state } => new Wake(Of(state), Now: false),
        { Sink: WriteSink write } => new Wake(_memories.GetValueOrDefault(write.Memory), Now: false),
        { Kind: StepKind.Compute } => new Wake(_steps.GetValueOrDefault(step), Now: true),
        _ => default,
    };

    private void Read(FunctionPlan plan, Step step)
    {
        var group = plan.GroupOf(step);
        foreach (var state in step.States)
        {
            Add(_states, state, group);
        }

        foreach (var memory in step.Memories)
        {
            Add(_memories, memory, group);
        }

        Need(plan, step, group);
        if (step.Sink is WriteSink write)
        {
            if (!_writers.TryGetValue(write.Memory, out var writers))
            {
                _writers[write.Memory] = writers = [];
            }

            writers.Add(group);
        }
    }

    // What a pointer points to can change without the pointer.
    private void Need(FunctionPlan plan, Step step, Group group)
    {
        foreach (var need in step.Needs)
        {
            if (plan.GroupOf(need) != group)
            {
                Add(_steps, need, group);
            }

            if (plan.IsPointer(need.Root!))
            {
                Need(plan, need, group);
            }
        }
    }

    private void ForgetOwn(FunctionPlan plan)
    {
        foreach (var step in plan.Steps.Where(s => s.Target is not null && plan.GroupOf(s).Sleeps && _states.ContainsKey(s.Target)))
        {
            _states[step.Target!] &= ~(BigInteger.One << plan.GroupOf(step).Bit);
        }
    }

    private static void Add<TKey>(Dictionary<TKey, BigInteger> table, TKey key, Group group) where TKey : notnull
    {
        if (group.Sleeps)
        {
            table[key] = table.GetValueOrDefault(key) | (BigInteger.One << group.Bit);
        }
    }
}

/// <summary>Groups to wake.</summary>
/// <param name="Groups">Their bits.</param>
/// <param name="Now">Whether they run later in this cycle; else in the next.</param>
internal readonly record struct Wake(BigInteger Groups, bool Now);
