namespace LoopLynx.Card;

/// <summary>Files that are the same for every kernel.</summary>
internal static class Resources
{
    /// <summary>The text of one, by its name.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
