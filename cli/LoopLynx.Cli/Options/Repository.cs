using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Options;

/// <summary>Where the files that ship with the product lie.</summary>
public static class Repository
{
    /// <summary>The product's root; the current folder where the program lies elsewhere.</summary>
    public static string Root => Path.GetDirectoryName(Path.GetDirectoryName(TryFind("models/README.md"))) ?? Environment.CurrentDirectory;

    /// <summary>A path under the product's root, for example <c>models/shakespeare-gpt2</c>.</summary>
    public static string Find(string relative) => TryFind(relative) ?? throw new UsageException($"'{relative}' is not beside the program; name a folder of your own with an option");

    private static string? TryFind(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(candidate) || File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
