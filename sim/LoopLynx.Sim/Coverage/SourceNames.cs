using System.Security.Cryptography;
using System.Text;
using LoopLynx.Hdl;

namespace LoopLynx.Sim.Coverage;

/// <summary>Names C# files so that they are the same on every machine: relative to the folder of the repository, or of the solution, that they lie in.</summary>
internal sealed class SourceNames
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, string> _paths = [];

    /// <summary>The file's name; empty for an unknown location.</summary>
    public string NameOf(SourceLocation location)
    {
        if (!location.IsKnown)
        {
            return "";
        }

        if (!_names.TryGetValue(location.File!, out var name))
        {
            _names[location.File!] = name = Relative(location);
            _paths[name] = location.File!;
        }

        return name;
    }

    /// <summary>A hash of the text, line ends aside; empty if the file isn't there.</summary>
    public string HashOf(string name) => _paths.TryGetValue(name, out var path) && File.Exists(path) ? Hash(File.ReadAllText(path)) : "";

    /// <summary>A hash of a text, line ends aside.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))))[..16];

    private static string Relative(SourceLocation location)
    {
        if (File.Exists(location.File))
        {
            for (var folder = new FileInfo(location.File).Directory; folder is not null; folder = folder.Parent)
            {
                if (Path.Exists(Path.Combine(folder.FullName, ".git")) || folder.EnumerateFiles("*.sln*").Any())
                {
                    return Path.GetRelativePath(folder.FullName, location.File).Replace('\\', '/');
                }
            }
        }

        return location.ShortFile;
    }
}
