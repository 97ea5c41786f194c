using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Options;

/// <summary>Where the files that ship with the product lie.</summary>
public static class Repository
{
    /// <summary>A path under the product's root, for example <c>models/shakespeare-gpt2</c>.</summary>
    public static string Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(candidate) || File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new UsageException($"'{relative}' is not beside the program; name a folder of your own with an option");
    }
}
