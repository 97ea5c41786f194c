using System.Numerics;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Turns sinks into steps, and the ways in which a register holds its value into branches.
/// <code>
/// before: r.next = mux(c, mux(d, x, r), r)      after: if (c) { if (d) { r = x } }
/// </code>
/// Sinks under one condition share its branch; logic that only they use follows them inside (<see cref="StepBuilder"/>).
/// Claims that say something only under a condition are looked at under it.
/// </summary>
internal sealed class EnableBranches(bool enabled, Miscompile planted)
{
    // Deep chains of conditions would nest C# blocks as deeply.
    private const int MaximumDepth = 40;

    private const string IfElse = "1";

    private readonly List<Step> _steps = [];

    public Region Root { get; } = new(null);

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Adds a sink; late ones run after everything else, in the order in which they are added.</summary>
    public void Add(Sink sink, bool late)
    {
        // Late sinks share no branches, so that their order is free.
        var region = late ? New(StepKind.Late, Root).ArmFor() : Root;
        switch (sink)
        {
            case RegisterSink r:
                Store(r, r.Next, region, []);
                break;
            case ReadSink r:
                Enabled(region, r.Enable, inside => Leaf(r, null, inside));
                break;
            case WriteSink w:
                Enabled(region, w.Enable, inside => Leaf(w, w.Data, inside));
                break;
            case OutputSink o:
                Leaf(o, o.Value, region);
                break;
            case CheckSink c:
                Claim(c, 0, region);
                break;
        }
    }

    /// <summary>A step of another kind, for <see cref="StepBuilder"/>.</summary>
    public Step New(StepKind kind, Region region)
    {
        var step = new Step(_steps.Count, kind, region);
        _steps.Add(step);
        region.Steps.Add(step);
        return step;
    }

    private void Leaf(Sink sink, Value? value, Region region)
    {
        var step = new Step(_steps.Count, StepKind.Sink, region) { Sink = sink, Root = value };
        _steps.Add(step);
        region.Steps.Add(step);
    }

    private void Store(RegisterSink sink, Value value, Region region, HashSet<Value> seen)
    {
        if (ReferenceEquals(value, sink.State))
        {
            return;
        }

        // A multiplexer reached twice would be copied on each path.
        if (!enabled || region.Depth >= MaximumDepth || !Holds(value, sink.State, []) || !seen.Add(value))
        {
            Leaf(sink, value, region);
            return;
        }

        var selector = value.Operands[0];
        if (value.Kind == ValueKind.Mux)
        {
            var branch = BranchOn(region, selector, IfElse);
            var (yes, no) = planted == Miscompile.Branches && region.Depth > 0 ? (2, 1) : (1, 2);
            Arm(sink, value.Operands[yes], () => branch.ArmFor(BigInteger.One), seen);
            Arm(sink, value.Operands[no], () => branch.ArmFor(), seen);
        }
        else if (ReferenceEquals(value.Operands[1], sink.State))
        {
            // Nothing happens by default, so every such register of the region can share one switch with one arm a key.
            var branch = BranchOn(region, selector, "keys");
            foreach (var (key, arm) in value.Integers.Zip(value.Operands.Skip(2)))
            {
                Arm(sink, arm, () => branch.ArmFor(key), seen);
            }
        }
        else
        {
            var arms = value.Integers.Zip(value.Operands.Skip(2)).GroupBy(a => a.Second, a => a.First).ToList();
            var branch = BranchOn(region, selector, string.Join(';', arms.Select(a => string.Join(',', a))));
            foreach (var arm in arms)
            {
                // Listed even where it holds: C#'s default covers every key that isn't listed.
                var inside = branch.ArmFor([.. arm]);
                Arm(sink, arm.Key, () => inside, seen);
            }

            Arm(sink, value.Operands[1], () => branch.ArmFor(), seen);
        }
    }

    private Step BranchOn(Region region, Value selector, string shape) => region.BranchOn(selector, shape, r => New(StepKind.Branch, r));

    private void Arm(RegisterSink sink, Value value, Func<Region> region, HashSet<Value> seen)
    {
        if (!ReferenceEquals(value, sink.State))
        {
            Store(sink, value, region(), seen);
        }
    }

    private void Enabled(Region region, Value? enable, Action<Region> inside)
    {
        if (enable is null || (enable.IsUniform && enable.Integers[0].IsOne))
        {
            inside(region);
        }
        else if (!enable.IsUniform)
        {
            // Conditions of nested Whens come as (a & b) & c: branching on each shares the branches of the registers beside.
            if (enabled && enable.Kind == ValueKind.And && region.Depth < MaximumDepth)
            {
                Enabled(region, enable.Operands[0], r => Enabled(r, enable.Operands[1], inside));
                return;
            }

            inside(BranchOn(region, enable, IfElse).ArmFor(BigInteger.One));
        }
    }

    // What a claim is about is computed only where the claim says something.
    private void Claim(CheckSink sink, int conditions, Region region)
    {
        if (conditions == sink.When.Count)
        {
            Leaf(sink, sink.Condition, region);
            return;
        }

        Enabled(region, sink.When[conditions], inside => Claim(sink, conditions + 1, inside));
    }

    private static bool Holds(Value value, Value state, HashSet<Value> seen)
    {
        if (ReferenceEquals(value, state))
        {
            return true;
        }

        // A sink stores whole values: an arm of one lane for all is left to the multiplexer.
        var select = value.Kind is ValueKind.Mux or ValueKind.Case && value.Operands[0].Type.Lanes == 1 && value.Operands.Skip(1).All(o => o.Type.Lanes == state.Type.Lanes);
        return select && seen.Add(value) && value.Operands.Skip(1).Any(o => Holds(o, state, seen));
    }
}
