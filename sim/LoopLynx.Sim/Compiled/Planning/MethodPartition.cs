using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Deals the steps of a function to methods of a size that the just-in-time compiler optimises well. Small branch arms stay in the method of their branch,
/// large ones become methods of their own. Values used by other methods than their own go through scratch memory.
/// </summary>
internal sealed class MethodPartition(FunctionPlan plan, int limit)
{
    private readonly Dictionary<Region, int> _weights = [];
    private int _count;

    public void Run()
    {
        Weigh(plan.Root);
        if (plan.Groups.Count == 0)
        {
            Split(plan.Root.Steps, plan.Root.Methods);
        }

        foreach (var group in plan.Groups)
        {
            Split(group.Steps, group.Methods);
            plan.Root.Methods.AddRange(group.Methods);
        }

        foreach (var step in plan.Steps)
        {
            foreach (var need in step.Needs)
            {
                if (need.Method != step.Method)
                {
                    plan.Crossing.Add(need.Root!);
                }
            }
        }
    }

    // Weight as seen by the parent: an outlined arm is a few calls.
    private int Weigh(Region region)
    {
        var weight = 0;
        foreach (var step in region.Steps)
        {
            weight += StepWeight.Own(step) + step.Arms.Sum(a => Seen(Weigh(a.Region)));
        }

        return _weights[region] = weight;
    }

    private int Seen(int weight) => IsOutlined(weight) ? 1 + (weight / limit) : weight;

    private bool IsOutlined(int weight) => weight > limit / 2;

    private void Split(IReadOnlyList<Step> steps, List<Method> methods)
    {
        Method? method = null;
        var weight = 0;
        foreach (var step in steps)
        {
            var next = StepWeight.Own(step) + step.Arms.Sum(a => Seen(_weights[a.Region]));
            if (method is null || weight + next > limit)
            {
                method = new Method($"{plan.Name}{_count++}");
                methods.Add(method);
                weight = 0;
            }

            weight += next;
            method.Steps.Add(step);
            Assign(step, method);
        }
    }

    private void Assign(Step step, Method method)
    {
        step.Method = method;
        foreach (var arm in step.Arms)
        {
            if (IsOutlined(_weights[arm.Region]))
            {
                Split(arm.Region.Steps, arm.Region.Methods);
                continue;
            }

            foreach (var inner in arm.Region.Steps)
            {
                Assign(inner, method);
            }
        }
    }
}
