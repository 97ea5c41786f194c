using System.IO.Compression;

namespace LoopLynx.Synthesis.Yosys;

/// <summary>Mapped netlists by the hash of all that they depend on. Files appear whole or not at all, so runs at the same time can share a folder.</summary>
/// <param name="folder">The folder; it is made when the first netlist is kept.</param>
public sealed class MappingCache(string folder)
{
    /// <summary>The user's folder: <c>looplynx/mapped</c> below <c>XDG_CACHE_HOME</c> or the system's own place.</summary>
    public static string DefaultFolder
    {
        get
        {
            var named = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            return Path.Combine(string.IsNullOrEmpty(named) ? Path.Combine(home, ".cache") : named, "looplynx", "mapped");
        }
    }

    /// <summary>Whether there is a netlist of that key.</summary>
    public bool Has(string key) => File.Exists(PathOf(key));

    /// <summary>A netlist as Yosys wrote it.</summary>
    public Stream Open(string key) => new GZipStream(File.OpenRead(PathOf(key)), CompressionMode.Decompress);

    /// <summary>Keeps a netlist.</summary>
    public void Keep(string key, string file)
    {
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, $"{key}.{Guid.NewGuid():N}.partial");
        try
        {
            using (var source = File.OpenRead(file))
            using (var target = new GZipStream(File.Create(partial), CompressionLevel.Fastest))
            {
                source.CopyTo(target);
            }

            File.Move(partial, PathOf(key), overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private string PathOf(string key) => Path.Combine(folder, $"{key}.json.gz");
}
