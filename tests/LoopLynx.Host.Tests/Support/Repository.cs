namespace LoopLynx.Host.Tests;

/// <summary>Finds the repository's files, and the data that may lie beside it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string ShakespeareModel => Path.Combine(Root, "models", "shakespeare-gpt2");

    public static string Sonnets => Path.Combine(Root, "models", "heldout", "sonnets.txt");

    /// <summary>A file or directory of the data that is not part of the repository; skips the test when it is not there.</summary>
    public static string Shared(params string[] parts)
    {
        string path = Path.GetFullPath(Path.Combine([Root, "..", "shared", .. parts]));
        Assert.SkipUnless(Path.Exists(path), $"the data {string.Join('/', parts)} is not beside the repository");
        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
                return at.FullName;
        throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
