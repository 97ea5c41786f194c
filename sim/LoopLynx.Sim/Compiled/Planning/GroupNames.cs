using System.Text.RegularExpressions;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// Which steps are likely to have work in the same cycles: those of one instance, and of like instances, whose paths differ in numbers only.
/// A step without a name of its own goes with its neighbours; instances of few statements go with the one that contains them.
/// </summary>
internal sealed partial class GroupNames
{
    private const int Rounds = 8;

    private readonly Dictionary<Step, string> _names = [];
    private readonly Dictionary<Step, int> _weights;

    private GroupNames(Dictionary<Step, int> weights) => _weights = weights;

    /// <summary>A name for each of these steps.</summary>
    /// <param name="steps">Steps of one region, in order.</param>
    /// <param name="before">Steps that come before another one.</param>
    /// <param name="weights">Statements of each step.</param>
    /// <param name="minimum">Statements of the smallest group worth its name.</param>
    public static Dictionary<Step, string> Of(IReadOnlyList<Step> steps, Func<Step, IEnumerable<Step>> before, Dictionary<Step, int> weights, int minimum)
    {
        var names = new GroupNames(weights);
        names.Take(steps);
        names.Inherit(steps, before);
        names.Join(minimum);
        return names._names;
    }

    private void Take(IReadOnlyList<Step> steps)
    {
        foreach (var step in steps)
        {
            var paths = Sinks(step).Select(PathOf).OfType<string>().GroupBy(p => p).ToList();
            if (paths.Count > 0)
            {
                _names[step] = paths.MaxBy(p => p.Count())!.Key;
            }
        }
    }

    private void Inherit(IReadOnlyList<Step> steps, Func<Step, IEnumerable<Step>> before)
    {
        var inside = steps.ToHashSet();
        var neighbours = steps.ToDictionary(s => s, _ => new List<Step>());
        foreach (var (first, second) in steps.SelectMany(s => before(s).Where(inside.Contains), (s, b) => (b, s)))
        {
            neighbours[first].Add(second);
            neighbours[second].Add(first);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var step in steps.Reverse().Where(s => !_names.ContainsKey(s)))
            {
                var best = neighbours[step].Where(_names.ContainsKey).GroupBy(n => _names[n]).MaxBy(g => g.Count());
                if (best is not null)
                {
                    _names[step] = best.Key;
                }
            }
        }

        foreach (var step in steps)
        {
            _names.TryAdd(step, "");
        }
    }

    private void Join(int minimum)
    {
        for (var depth = _names.Values.Max(DepthOf); depth > 0; depth--)
        {
            foreach (var group in _names.GroupBy(n => n.Value, n => n.Key).Where(g => DepthOf(g.Key) == depth && g.Sum(s => _weights[s]) < minimum).ToList())
            {
                foreach (var step in group)
                {
                    _names[step] = Parent(group.Key);
                }
            }
        }
    }

    private static int DepthOf(string path) => path.Length == 0 ? 0 : 1 + path.Count(c => c == '.');

    private static IEnumerable<Sink> Sinks(Step step) => step.Sink is { } sink ? [sink] : step.Arms.SelectMany(a => a.Region.Steps).SelectMany(Sinks);

    private static string? PathOf(Sink sink)
    {
        var name = sink switch
        {
            RegisterSink r => r.Register.Name,
            ReadSink r => r.Read.Memory.Name,
            WriteSink w => w.Memory.Name,
            CheckSink c => c.Claim.Name,
            _ => null,
        };
        return name is null ? null : Number().Replace(Parent(name), "#");
    }

    private static string Parent(string path) => path.LastIndexOf('.') is var dot && dot < 0 ? "" : path[..dot];

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
