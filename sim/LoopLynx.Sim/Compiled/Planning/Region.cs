using System.Numerics;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>Code that runs under the same conditions: the top of a function, or one arm of a branch.</summary>
internal sealed class Region(Step? via)
{
    private readonly Dictionary<(int Selector, string Shape), Step> _branches = [];

    /// <summary>The branch whose arm this is; null at the top.</summary>
    public Step? Via { get; } = via;

    public Region? Parent => Via?.Region;

    public int Depth { get; } = via is null ? 0 : via.Region.Depth + 1;

    /// <summary>What runs here, branches included; in execution order after <see cref="StepOrder"/>.</summary>
    public List<Step> Steps { get; set; } = [];

    /// <summary>Methods that hold the region's code, or empty where it is written inside the branch.</summary>
    public List<Method> Methods { get; } = [];

    /// <summary>The branch on a selector. Branches are shared where they have the same <paramref name="shape"/>, which tells what their arms mean.</summary>
    public Step BranchOn(Lowering.Value selector, string shape, Func<Region, Step> create)
    {
        if (!_branches.TryGetValue((selector.Id, shape), out var branch))
        {
            branch = create(this);
            branch.Root = selector;
            _branches.Add((selector.Id, shape), branch);
        }

        return branch;
    }

    /// <summary>The step of this region that is, or contains, a step.</summary>
    public Step ItemOf(Step step)
    {
        while (step.Region != this)
        {
            step = step.Region.Via!;
        }

        return step;
    }

    /// <summary>The deepest region that contains both.</summary>
    public static Region Common(Region a, Region b)
    {
        while (!ReferenceEquals(a, b))
        {
            if (a.Depth >= b.Depth)
            {
                a = a.Parent!;
            }
            else
            {
                b = b.Parent!;
            }
        }

        return a;
    }
}

/// <summary>One arm of a branch.</summary>
/// <param name="Keys">Selector values; empty for the default arm.</param>
internal sealed record Arm(BigInteger[] Keys, Region Region);
