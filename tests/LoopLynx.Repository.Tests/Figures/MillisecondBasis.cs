using System.Text.Json;
using System.Text.RegularExpressions;

namespace LoopLynx.Repository.Tests.Figures;

/// <summary>
/// Cycles become milliseconds on one of two bases: the paper's clock of 285 MHz with an ideal memory, or the card's of 300 MHz with the card's memory. A figure
/// whose basis isn't beside it is taken for the other one's.
/// </summary>
internal static partial class MillisecondBasis
{
    /// <summary>The sections of a page, by their headings, that show milliseconds and name no basis.</summary>
    /// <param name="markdown">The page. A heading and what follows it up to the next one is a section; so is what stands before the first.</param>
    public static IEnumerable<string> WithoutBasis(string markdown)
    {
        var sections = Heading().Split(markdown);
        return sections.Where(s => Figure().IsMatch(s) && !Basis().IsMatch(s)).Select(s => s.TrimStart().Split('\n')[0]);
    }

    /// <summary>The objects of a JSON file, by their place, that hold milliseconds and no basis.</summary>
    public static IEnumerable<string> WithoutBasis(JsonElement json, string place = "$") => json.ValueKind switch
    {
        JsonValueKind.Object => OfObject(json, place),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, i) => WithoutBasis(item, $"{place}[{i}]")),
        _ => [],
    };

    private static IEnumerable<string> OfObject(JsonElement json, string place)
    {
        var names = json.EnumerateObject().Select(p => p.Name).ToArray();
        var named = json.TryGetProperty("basis", out var basis) && Basis().IsMatch($"{basis} basis");
        return names.Where(n => MillisecondName().IsMatch(n) && !named).Select(n => $"{place}.{n}")
            .Concat(json.EnumerateObject().SelectMany(p => WithoutBasis(p.Value, $"{place}.{p.Name}")));
    }

    // Before a line that begins with # outside of code; a comment in a shell's code is a heading too, which only makes sections smaller.
    [GeneratedRegex(@"(?m)^(?=#{1,6} )")]
    private static partial Regex Heading();

    // A number with its unit, or a column of them.
    [GeneratedRegex(@"\d ?ms\b|^\|.*\bms\b.*\|", RegexOptions.Multiline)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\b(paper|card)( basis|'s basis)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Basis();

    [GeneratedRegex(@"^(ms|.*Ms|.*_ms|milliseconds|.*Milliseconds)$")]
    private static partial Regex MillisecondName();
}
