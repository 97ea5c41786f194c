using System.Text.RegularExpressions;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Layout;

/// <summary>
/// Registers of like instances: their paths differ in one number only, or they have no names and feed such registers alike. The layout puts a family's registers next to each other, so that an engine can
/// compute them as the lanes of one value.
/// <code>
/// channel0.left, channel1.left, channel2.left, channel3.left        a family of four
/// </code>
/// </summary>
internal static partial class RegisterFamilies
{
    // Fewer lanes than this gain nothing from a vector register.
    private const int MinimumSize = 4;

    /// <summary>All families of a flat definition, each in the order of its number.</summary>
    /// <param name="flat">The definition.</param>
    /// <param name="without">Registers that have no place of their own.</param>
    public static IReadOnlyList<IReadOnlyList<RegisterNode>> Of(Definition flat, IEnumerable<RegisterNode> without)
    {
        var excluded = without.ToHashSet();
        var result = new List<IReadOnlyList<RegisterNode>>();
        var named = flat.Nodes.OfType<RegisterNode>().Where(r => r.Name is not null && r.Type.Lanes == 1 && r.Type.Width <= 64 && !excluded.Contains(r));
        foreach (var alike in named.GroupBy(r => (Number().Replace(r.Name!, "#"), r.Type, r.Domain, r.HasReset)))
        {
            var members = alike.Select(r => (Register: r, Numbers: Number().Matches(r.Name!).Select(m => m.Value).ToArray())).ToList();
            if (members.Count < MinimumSize || Varying(members.ConvertAll(m => m.Numbers)) is not { } position)
            {
                continue;
            }

            foreach (var family in members.GroupBy(m => string.Join('.', m.Numbers.Where((_, i) => i != position))).Where(f => f.Count() >= MinimumSize))
            {
                result.Add([.. family.OrderBy(m => m.Numbers[position].Length).ThenBy(m => m.Numbers[position], StringComparer.Ordinal).Select(m => m.Register)]);
            }
        }

        AddBehind(result, excluded);
        return result;
    }

    // Registers without a name: those that a family's next values read in the same place, lane by lane.
    private static void AddBehind(List<IReadOnlyList<RegisterNode>> families, HashSet<RegisterNode> excluded)
    {
        var known = families.SelectMany(f => f).Concat(excluded).ToHashSet();
        var seen = new HashSet<(Node, Node)>();
        for (var f = 0; f < families.Count; f++)
        {
            var open = new Stack<Node[]>();
            open.Push([.. families[f].Select(r => r.Next)]);
            while (open.TryPop(out var lanes))
            {
                if (lanes[0] == lanes[1] || !seen.Add((lanes[0], lanes[1])) || Array.Exists(lanes, l => l.GetType() != lanes[0].GetType() || l.Operands.Length != lanes[0].Operands.Length))
                {
                    continue;
                }

                for (var i = 0; i < lanes[0].Operands.Length; i++)
                {
                    open.Push([.. lanes.Select(l => l.Operands[i])]);
                }

                if (lanes is [RegisterNode { Name: null } first, ..] && Array.TrueForAll(lanes, l => l is RegisterNode { Name: null } r && IsLike(r, first) && !known.Contains(r))
                    && lanes.Distinct().Count() == lanes.Length && first.Type.Lanes == 1 && first.Type.Width <= 64)
                {
                    families.Add([.. lanes.Cast<RegisterNode>()]);
                    known.UnionWith(families[^1]);
                }
            }
        }
    }

    private static bool IsLike(RegisterNode a, RegisterNode b) => a.Type == b.Type && a.Domain == b.Domain && a.HasReset == b.HasReset;

    // The number with the most values is the lane; the others tell families apart.
    private static int? Varying(List<string[]> numbers)
    {
        var (best, most) = ((int?)null, MinimumSize - 1);
        for (var i = 0; i < numbers[0].Length; i++)
        {
            var values = numbers.Select(n => n[i]).Distinct().Count();
            if (values > most)
            {
                (best, most) = (i, values);
            }
        }

        return best;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
