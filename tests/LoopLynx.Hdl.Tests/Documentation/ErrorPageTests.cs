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
        Block.Check($"docs/errors/{code}.md", "csharp", 0, Repository.Read($"tests/LoopLynx.Hdl.Tests/Mistakes/{code}.cs"));
        Block.Check($"docs/errors/{code}.md", "text", 0, string.Join("\n", messages.Select(message => $"{message.Message}\n")));
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

    [GeneratedRegex("\"(HDL[0-9]{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"Mistakes\.HDL[0-9]{4}$")]
    private static partial Regex CodeAtEnd();

    [GeneratedRegex(@"^- \[(HDL[0-9]{4})\]\(\1\.md\)", RegexOptions.Multiline)]
    private static partial Regex IndexLine();
}
