using System.Reflection;
using System.Text.RegularExpressions;

namespace LoopLynx.Hdl.Tests.Documentation;

/// <summary>Every error code has a page with a failing example, and the page shows exactly what the example says.</summary>
public partial class ErrorPageTests
{
    private static readonly string[] Examples = [.. typeof(ErrorPageTests).Assembly.GetTypes()
        .Select(t => t.Namespace ?? "").Where(n => CodeAtEnd().IsMatch(n)).Select(n => n[^7..]).Distinct().Order(StringComparer.Ordinal)];

    public static TheoryData<string> Codes => [.. Examples];

    [Fact]
    public void Every_code_has_a_page_an_example_and_a_line_in_the_index()
    {
        var sources = Directory.EnumerateFiles(Repository.Path("hw/LoopLynx.Hdl"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal));
        var codes = sources.SelectMany(f => Code().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(codes, Examples);
        Assert.Equal(codes, Directory.EnumerateFiles(Repository.Path("docs/errors"), "HDL*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Where(c => !OfAnalyzers(c)).Order(StringComparer.Ordinal));
        Assert.Equal(codes, IndexLine().Matches(Repository.Read("docs/errors/README.md")).Select(m => m.Groups[1].Value).Where(c => !OfAnalyzers(c)));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_page_shows_the_example_and_its_exact_message(string code)
    {
        var messages = typeof(ErrorPageTests).Assembly.GetTypes()
            .Where(t => t.Namespace?.EndsWith($".Mistakes.{code}", StringComparison.Ordinal) == true && t.GetConstructor([]) is not null)
            .OrderBy(t => t.MetadataToken).Select(Provoke).OfType<HdlException>().ToList();
        Assert.All(messages, message => Assert.Equal(code, message.Code));
        Assert.All(messages.SelectMany(message => message is DesignException all ? all.Diagnostics.Select(d => d.ToString()) : [message.Message]), text => CheckShape(code, text));
        Block.Check($"docs/errors/{code}.md", "csharp", 0, Repository.Read($"tests/LoopLynx.Hdl.Tests/Mistakes/{code}.cs"));
        Block.Check($"docs/errors/{code}.md", "text", 0, string.Join("\n", messages.Select(message => $"{message.Message}\n")));
    }

    /// <summary>Place, code and message; then in which module, related places and help. Every place is the start of a statement of the example, and the first one lies in the module that is named.</summary>
    private static void CheckShape(string code, string text)
    {
        var shape = Shape().Match(text);
        Assert.True(shape.Success && shape.Groups["code"].Value == code, text);
        var source = Repository.Read($"tests/LoopLynx.Hdl.Tests/Mistakes/{code}.cs").Split('\n');
        foreach (var (file, line, column) in shape.Groups["file"].Captures.Select((c, i) => (c.Value, int.Parse(shape.Groups["line"].Captures[i].Value), int.Parse(shape.Groups["column"].Captures[i].Value))))
        {
            Assert.Equal($"{code}.cs", file);
            Assert.Equal(source[line - 1].Length - source[line - 1].TrimStart().Length + 1, column);
            Assert.Matches(@"\w", source[line - 1]);
        }

        if (shape.Groups["module"].Success)
        {
            var around = source.Take(int.Parse(shape.Groups["line"].Captures[0].Value)).Select(line => ClassLine().Match(line)).Last(m => m.Success);
            Assert.Equal(shape.Groups["module"].Value, around.Groups[1].Value);
        }
    }

    private static Exception? Provoke(Type example)
    {
        const BindingFlags exact = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DoNotWrapExceptions;
        return Record.Exception(() =>
        {
            if (example.GetMethod("Provoke", exact) is { } provoke)
            {
                provoke.Invoke(null, exact, null, null, null);
            }
            else
            {
                Elaborator.Elaborate((Module)example.GetConstructor([])!.Invoke(exact, null, null, null));
            }
        });
    }

    // Their pages are checked by LoopLynx.Hdl.Analyzers.Tests.
    private static bool OfAnalyzers(string code) => code.StartsWith("HDL1", StringComparison.Ordinal);

    // What is found outside of any module has no "in".
    [GeneratedRegex(@"\A(?<file>\w+\.cs)\((?<line>\d+),(?<column>\d+)\): error (?<code>HDL\d{4}): \S.*(\n  in (\w+(\.\w+)+ \((?<module>\w+)\)|(?<module>\w+)))?(\n  \w.* at (?<file>\w+\.cs)\((?<line>\d+),(?<column>\d+)\))*\n  help: \S.*\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex ClassLine();

    [GeneratedRegex("\"(HDL[0-9]{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"Mistakes\.HDL[0-9]{4}$")]
    private static partial Regex CodeAtEnd();

    [GeneratedRegex(@"^- \[(HDL[0-9]{4})\]\(\1\.md\)", RegexOptions.Multiline)]
    private static partial Regex IndexLine();
}
