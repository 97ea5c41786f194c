using System.IO.Compression;
using LoopLynx.Gen;

namespace LoopLynx.Synthesis.Yosys;

/// <summary>Mapped netlists by the hash of all that they depend on. Files appear whole or not at all, so runs at the same time can share a folder.</summary>
/// <param name="folder">The folder; it is made when the first netlist is kept.</param>
public sealed class MappingCache(string folder)
{
    /// <summary>The user's folder of mapped netlists.</summary>
    public static string DefaultFolder => UserCache.Folder("mapped");

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
