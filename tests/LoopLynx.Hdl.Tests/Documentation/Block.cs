namespace LoopLynx.Hdl.Tests.Documentation;

/// <summary>
/// Fenced blocks of documentation pages that a test keeps equal to what they show.
/// With the environment variable <c>LOOPLYNX_UPDATE_DOCS=1</c> the test writes the page instead of failing.
/// </summary>
internal static class Block
{
    /// <summary>Checks block number <paramref name="index"/> of a language on a page.</summary>
    public static void Check(string page, string language, int index, string expected)
    {
        var text = Repository.Read(page);
        var open = $"```{language}\n";
        var start = -1;
        for (var i = 0; i <= index; i++)
        {
            start = text.IndexOf(open, start + 1, StringComparison.Ordinal);
            Assert.True(start >= 0, $"{page} has no block {index} of {language}");
        }

        start += open.Length;
        var end = text.IndexOf("```\n", start, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("LOOPLYNX_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Repository.Path(page), $"{text[..start]}{expected}{text[end..]}");
            return;
        }

        Assert.Equal(expected, text[start..end]);
    }
}
