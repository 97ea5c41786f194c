using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Options;

/// <summary>Where the files that ship with the product lie.</summary>
/// <param name="start">A folder at or below the product's root.</param>
public sealed class Repository(string start)
{
    /// <summary>The product that this program belongs to.</summary>
    public static Repository OfProgram => new(AppContext.BaseDirectory);

    /// <summary>The product's root; the current folder where the program lies elsewhere.</summary>
    public string Root => Path.GetDirectoryName(Path.GetDirectoryName(TryFind("models/README.md"))) ?? Environment.CurrentDirectory;

    /// <summary>A path under the product's root, for example <c>models/shakespeare-gpt2</c>.</summary>
    /// <exception cref="UsageException">It isn't there.</exception>
    public string Find(string relative) => TryFind(relative) ?? throw new UsageException($"'{relative}' is not beside the program; name a folder of your own with an option");

    private string? TryFind(string relative)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
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
