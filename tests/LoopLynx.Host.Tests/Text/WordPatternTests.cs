namespace LoopLynx.Host.Tests;

public class WordPatternTests
{
    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("don't we'll they've I'd you're it's I'm", "don|'t| we|'ll| they|'ve| I|'d| you|'re| it|'s| I|'m")]
    [InlineData("DON'T o'er 'r", "DON|'|T| o|'|er| '|r")]
    [InlineData("'tis", "'t|is")]
    [InlineData("\"'s", "\"'|s")]
    [InlineData("a1 23b", "a|1| 23|b")]
    [InlineData("x=1;  y", "x|=|1|;| | y")]
    [InlineData("a   b", "a|  | b")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("a \n b", "a| \n| b")]
    [InlineData("a  ", "a|  ")]
    [InlineData(" ", " ")]
    [InlineData("  \t", "  \t")]
    [InlineData("\ta", "\t|a")]
    [InlineData("a\t!", "a|\t|!")]
    public void Ascii(string text, string words) => Assert.Equal(words.Split('|'), Split(text));

    [Theory]
    // Letters beyond the Basic Multilingual Plane are letters: Gothic, mathematical bold.
    [InlineData("\U00010330\U00010331 \U0001D400x", "\U00010330\U00010331| \U0001D400x")]
    // An emoji is neither letter nor number; a variation selector is a mark, which is neither, too.
    [InlineData("a\U0001F600\uFE0Fb", "a|\U0001F600\uFE0F|b")]
    // A combining mark is no letter.
    [InlineData("e\u0301e", "e|\u0301|e")]
    // Numbers of all kinds: superscript, fraction, Roman numeral, Arabic-Indic, beyond the plane.
    [InlineData("\u00B2\u00BD\u2167\u0663\U0001D7D8a", "\u00B2\u00BD\u2167\u0663\U0001D7D8|a")]
    // White space by Unicode's property: next line, no-break, ideographic, line separator.
    [InlineData("a\u0085b\u00A0c\u3000d\u2028e", "a|\u0085|b|\u00A0|c|\u3000|d|\u2028|e")]
    // Not white space: the separators U+001C..U+001F, the Mongolian vowel separator, zero width space.
    [InlineData("a\u001Cb\u180Ec\u200Bd", "a|\u001C|b|\u180E|c|\u200B|d")]
    // Only U+0020 joins the word behind it.
    [InlineData("a\u00A0 b", "a|\u00A0| b")]
    [InlineData("a \u00A0b", "a| |\u00A0|b")]
    // A pair of surrogates that follows white space still counts as one character.
    [InlineData("  \U0001F600", " | \U0001F600")]
    public void Unicode(string text, string words) => Assert.Equal(words.Split('|'), Split(text));

    [Fact]
    public void AnUnpairedSurrogateIsASymbol() => Assert.Equal(["a", "\uD800", "b"], Split("a\uD800b"));

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            int length = WordPattern.NextWord(text.AsSpan(at));
            words.Add(text.Substring(at, length));
            at += length;
        }
        return words;
    }
}
