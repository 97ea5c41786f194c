using System.Text.RegularExpressions;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>Finds the C# line and the message of a claim that a solver names by its path in the design.</summary>
internal sealed partial class Claims(Definition top)
{
    private const string Instance = "dut.";

    /// <summary>The design's name.</summary>
    public string Design => top.Name;

    /// <summary><c>Scoreboard.cs(56) "a beat leaves with its own data"</c></summary>
    public string Describe(string log)
    {
        var claims = Failed().Matches(log).Select(m => Locate(m.Groups["path"].Value)).Distinct().ToArray();
        return claims.Length == 0 ? "a claim that the solver doesn't name" : string.Join(" and ", claims);
    }

    private string Locate(string path)
    {
        if (!path.StartsWith(Instance, StringComparison.Ordinal))
        {
            return path;
        }

        var names = path[Instance.Length..].Split('.');
        var definition = names[..^1].Aggregate((Definition?)top, (outer, name) => outer?.Instances.FirstOrDefault(i => i.Name == name)?.Definition);
        return definition?.Assertions.FirstOrDefault(a => a.Name == names[^1]) is { } claim ? $"{claim.Location} \"{claim.Message}\"" : path;
    }

    [GeneratedRegex(@"Assert failed in [^:]*: (?<path>\S+)")]
    private static partial Regex Failed();
}
