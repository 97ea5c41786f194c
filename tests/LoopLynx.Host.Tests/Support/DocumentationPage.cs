namespace LoopLynx.Host.Tests;

/// <summary>A page of the documentation, whose tables and formulas are what tests expect.</summary>
internal sealed class DocumentationPage(string name)
{
    private readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", name));

    /// <summary>The cells of the first table under a heading, row by row, without its head.</summary>
    public IReadOnlyList<string[]> Table(string heading) =>
        [.. Under(heading).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Skip(2).Select(Cells)];

    /// <summary>What stands behind <c>name = </c> in a code block under a heading.</summary>
    public string Formula(string heading, string name) =>
        Under(heading).Select(line => line.Split(" = ", 2)).Single(parts => parts.Length == 2 && parts[0].Trim() == name)[1].Split("   ")[0].Trim();

    private IEnumerable<string> Under(string heading) => _lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#'));

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim().Replace("`", ""))];
}
