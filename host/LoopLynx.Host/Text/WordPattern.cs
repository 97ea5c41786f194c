using System.Text;

namespace LoopLynx.Host;

/// <summary>
/// GPT-2's word pattern as a scanner over code points:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// </summary>
/// <remarks>
/// .NET's regular expressions classify UTF-16 code units, which splits letters outside the Basic Multilingual Plane; here a surrogate
/// pair is one letter. White space is Unicode's White_Space property: U+0085 is in it, U+001C..U+001F and U+180E are not.
/// An unpaired surrogate counts as U+FFFD, a symbol.
/// </remarks>
internal static class WordPattern
{
    private enum Kind { Letter, Number, Space, Other }

    /// <summary>Length in UTF-16 units of the word at the start of <paramref name="text"/>, which is not empty.</summary>
    public static int NextWord(ReadOnlySpan<char> text)
    {
        int contraction = Contraction(text);
        if (contraction > 0)
            return contraction;

        // " ?X+": one leading U+0020 belongs to the run that follows it.
        int lead = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        Kind kind = KindAt(text[lead..], out _);
        if (kind != Kind.Space)
            return lead + RunLength(text[lead..], kind, out _);

        // "\s+(?!\S)" gives its last character back when a word follows, unless that leaves nothing: then "\s+" takes it.
        int run = RunLength(text, Kind.Space, out int last);
        return run == text.Length || run == last ? run : run - last;
    }

    private static int Contraction(ReadOnlySpan<char> text)
    {
        if (text[0] != '\'' || text.Length < 2)
            return 0;
        if (text[1] is 's' or 't' or 'm' or 'd')
            return 2;
        return text.Length > 2 && text[1..3] is "re" or "ve" or "ll" ? 3 : 0;
    }

    private static int RunLength(ReadOnlySpan<char> text, Kind kind, out int lastUnits)
    {
        int at = 0;
        lastUnits = 0;
        while (at < text.Length && KindAt(text[at..], out int units) == kind)
            at += lastUnits = units;
        return at;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, out int units)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out units);
        return Rune.IsLetter(rune) ? Kind.Letter : Rune.IsNumber(rune) ? Kind.Number : Rune.IsWhiteSpace(rune) ? Kind.Space : Kind.Other;
    }
}
