using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Gives every value that the sinks need to a step. A value whose users are all in one step is computed there (fusion): scalars inside an expression,
/// lanes in vector registers of the same loop. Every other value is a step of its own, in the deepest branch arm that contains its users.
/// </summary>
internal sealed class StepBuilder(EnableBranches branches, FunctionPlan plan, bool fusion, Func<Value, bool> canVectorise, Miscompile planted)
{
    // One step is never split over methods.
    private const int MaximumMembers = 120;

    private readonly Dictionary<Value, List<(Step Step, Use Use)>> _uses = [];

    public void Run(IReadOnlyList<Value> values)
    {
        foreach (var step in branches.Steps)
        {
            UseOperandsOf(step);
        }

        for (var i = values.Count - 1; i >= 0; i--)
        {
            if (_uses.TryGetValue(values[i], out var uses))
            {
                Place(values[i], uses);
            }
        }

        foreach (var step in branches.Steps)
        {
            step.Members.Reverse();
        }
    }

    private static Use StoreUse(Value value) => value.Shape == Shape.Scalar ? Use.Scalar : value.Form == ValueForm.Lane ? Use.Lane : Use.Memory;

    private void UseOperandsOf(Step step)
    {
        switch (step.Sink)
        {
            case WriteSink w:
                Add(w.Address, step, Use.Scalar);
                Add(w.Data, step, w.Mask is null || w.Data.Shape == Shape.Scalar ? StoreUse(w.Data) : Use.Memory);
                if (w.Mask is not null)
                {
                    Add(w.Mask, step, Use.Memory);
                }

                break;
            case ReadSink r:
                Add(r.Address, step, Use.Scalar);
                step.Memories.Add(r.Read.Memory);
                break;
            default:
                if (step.Root is { } root)
                {
                    Add(root, step, StoreUse(root));
                }

                break;
        }
    }

    private void Add(Value value, Step step, Use use)
    {
        if (!_uses.TryGetValue(value, out var uses))
        {
            _uses[value] = uses = [];
        }

        if (!uses.Contains((step, use)))
        {
            uses.Add((step, use));
        }
    }

    private void Place(Value value, List<(Step Step, Use Use)> uses)
    {
        switch (value.Form)
        {
            case ValueForm.Constant:
                break;
            case ValueForm.State:
                foreach (var (step, use) in uses)
                {
                    if (use != Use.Pointer && !(planted == Miscompile.Fusion && step.Members.Count > 1))
                    {
                        step.States.Add(value);
                    }
                }

                break;
            case ValueForm.StaticView:
                foreach (var (step, use) in uses)
                {
                    Add(value.Operands[0], step, use == Use.Pointer ? Use.Pointer : Use.Memory);
                }

                break;
            default:
                Compute(value, uses);
                break;
        }
    }

    private void Compute(Value value, List<(Step Step, Use Use)> uses)
    {
        var isFrozen = plan.IsFrozen(value);
        if (value.Form == ValueForm.DynamicView)
        {
            foreach (var (user, use) in uses)
            {
                if (use != Use.Pointer)
                {
                    Bases.Visit(value, (state, _) => user.States.Add(state), memory => ReadMemory(user, memory));
                }
            }
        }

        var step = isFrozen || !Joins(value, uses) ? Separate(value, uses, isFrozen) : uses[0].Step;
        plan.Owner[value] = step;
        step.Members.Add(value);
        if (value.Kind == ValueKind.ReadRow && (value.Form == ValueForm.Scalar || isFrozen))
        {
            step.Memories.Add(value.Memory!);
        }

        foreach (var operand in value.Operands)
        {
            Add(operand, step, OperandUse(value, operand));
        }
    }

    // A frozen row has been copied before anything is written.
    private void ReadMemory(Step step, MemoryInfo memory)
    {
        if (!plan.Frozen.Contains(memory))
        {
            step.Memories.Add(memory);
        }
    }

    private Step Separate(Value value, List<(Step Step, Use Use)> uses, bool isFrozen)
    {
        var region = uses[0].Step.Region;
        foreach (var (user, _) in uses)
        {
            region = Region.Common(region, user.Region);
        }

        var step = branches.New(StepKind.Compute, isFrozen ? branches.Root : region);
        step.Root = value;
        foreach (var (user, _) in uses)
        {
            user.Needs.Add(step);
        }

        return step;
    }

    private bool Joins(Value value, List<(Step Step, Use Use)> uses)
    {
        var step = uses[0].Step;
        if (!fusion || step.Members.Count >= MaximumMembers || uses.Exists(u => !ReferenceEquals(u.Step, step)))
        {
            return false;
        }

        return value.Form switch
        {
            ValueForm.Scalar => true,
            ValueForm.Lane => uses.TrueForAll(u => u.Use == Use.Lane) && JoinsLoop(value, step),
            _ => false,
        };
    }

    // A loop has one lane count and runs either on vectors or lane by lane.
    private bool JoinsLoop(Value value, Step step)
    {
        var loop = LaneLoop.RootOf(step);
        return ReferenceEquals(loop, value)
            || (loop is { Form: ValueForm.Lane } && plan.Owner.GetValueOrDefault(loop) == step && loop.Type.Lanes == value.Type.Lanes && canVectorise(loop) == canVectorise(value));
    }

    private static Use OperandUse(Value value, Value operand) => operand.Shape == Shape.Scalar
        ? Use.Scalar
        : value.Form switch
        {
            ValueForm.Lane => operand.Form == ValueForm.Lane && value.Kind != ValueKind.LaneMap ? Use.Lane : Use.Memory,
            ValueForm.DynamicView => Use.Pointer,
            _ => Use.Memory,
        };
}
