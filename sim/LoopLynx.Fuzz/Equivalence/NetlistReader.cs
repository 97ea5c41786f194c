using System.Globalization;
using System.Text.RegularExpressions;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>
/// Reads the text form of a netlist. It shares no code with the writer or with the netlist's classes: what the text doesn't say can't get into a proof.
/// </summary>
internal static partial class NetlistReader
{
    /// <summary>Reads all modules.</summary>
    /// <exception cref="FormatException">A line isn't understood; the message has the line.</exception>
    public static TextNetlist Read(string text)
    {
        var modules = new Dictionary<string, TextModule>();
        TextModule? module = null;
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l != ")"))
        {
            try
            {
                var tokens = Tokens(line);
                if (tokens[0] == "module")
                {
                    module = new TextModule(tokens[1]);
                    modules.Add(module.Name, module);
                }
                else
                {
                    Line(module!, tokens, line);
                }
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException)
            {
                throw new FormatException($"the netlist's line '{line}' is not understood: {e.Message}");
            }
        }

        return new TextNetlist(modules, module!);
    }

    private static void Line(TextModule module, string[] tokens, string line)
    {
        switch (tokens[0])
        {
            case "input":
                module.Inputs.Add(new TextPort(tokens[1], Type(tokens[2]), Id(tokens[3])));
                break;
            case "output":
                module.Outputs.Add(new TextPort(tokens[1], Type(tokens[2]), Id(tokens[3])));
                break;
            case "memory":
                module.Memories.Add(Memory(tokens, line));
                break;
            case "instance":
                module.Instances.Add(tokens[1], new TextInstance(tokens[1], tokens[2], Groups(line).ToDictionary(g => g[0], g => Id(g[1]))));
                break;
            case "assert" or "assume" or "cover":
                break;
            case var id when id.StartsWith('%'):
                module.Nodes.Add(Id(id), Node(tokens, line));
                break;
            default:
                throw new FormatException($"unknown '{tokens[0]}'");
        }
    }

    private static TextMemory Memory(string[] tokens, string line) =>
        new(tokens[1], Number(tokens[2]), Type(tokens[3]), Lists(line), [.. Groups(line).Where(g => g[0] == "write")
            .Select(g => new TextWrite(Id(g[2]), Id(g[3]), Id(g[4]), g.Length > 5 ? Id(g[5]) : null))]);

    private static TextNode Node(string[] tokens, string line)
    {
        var rest = tokens[2..];
        return new TextNode(Id(tokens[0]), Type(tokens[1]), rest[0], [.. rest[1..].Where(t => t[0] is not '%' and not '"')], Lists(line),
            [.. rest[1..].Where(t => t[0] == '%').Select(Id)], rest.FirstOrDefault(t => t[0] == '"')?.Trim('"'));
    }

    // Words outside of brackets and inner parentheses; types keep theirs.
    private static string[] Tokens(string line)
    {
        var inner = line[1..(line.EndsWith(')') && line.Length > 1 ? line.Length - 1 : line.Length)];
        return [.. Word().Matches(List().Replace(Group().Replace(inner, " "), " ")).Select(m => m.Value)];
    }

    private static List<string[]> Lists(string line) => [.. List().Matches(line).Select(m => m.Value.Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static List<string[]> Groups(string line) => [.. Group().Matches(line).Select(m => m.Value.Trim(' ', '(', ')').Split(' '))];

    private static int Id(string token) => token[0] == '%' ? Number(token[1..]) : throw new FormatException($"'{token}' is not a node");

    private static int Number(string token) => int.Parse(token, CultureInfo.InvariantCulture);

    private static TextType Type(string token)
    {
        var match = TypeForm().Match(token);
        return match.Success
            ? new TextType(match.Groups["width"].Success ? Number(match.Groups["width"].Value) : 1, token[0] == 'S', match.Groups["lanes"].Success ? Number(match.Groups["lanes"].Value) : 1)
            : throw new FormatException($"'{token}' is not a type");
    }

    [GeneratedRegex(@"^(Bit|[US]Int\((?<width>\d+)\))(\.Lanes\((?<lanes>\d+)\))?$")]
    private static partial Regex TypeForm();

    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex List();

    // A blank before the parenthesis: not that of a type.
    [GeneratedRegex(@" \([^()]*\)")]
    private static partial Regex Group();
}
