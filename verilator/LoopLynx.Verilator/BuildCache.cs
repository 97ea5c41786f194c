using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LoopLynx.Verilator;

/// <summary>
/// Folders by the hash of everything that went into them. Processes may fill the same one at the same time: each works in a folder of its own,
/// which is then renamed in one step. A failed fill leaves its working folder, with the log.
/// </summary>
internal sealed class BuildCache
{
    private readonly string _root;

    /// <param name="root">Null: a folder of this user among the system's temporary files.</param>
    public BuildCache(string? root)
    {
        _root = Path.GetFullPath(root ?? Path.Combine(Path.GetTempPath(), $"looplynx-verilator-{Environment.UserName}"));
        Directory.CreateDirectory(_root);
    }

    /// <summary>The folder for these contents, filled by <paramref name="fill"/> unless it exists already.</summary>
    public (string Folder, bool Existed) GetOrFill(string name, IEnumerable<string> contents, Action<string> fill)
    {
        var final = Path.Combine(_root, $"{name}-{Hash(contents)}");
        if (Directory.Exists(final))
        {
            return (final, true);
        }

        var work = Path.Combine(_root, $"work-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        fill(work);
        try
        {
            Directory.Move(work, final);
        }
        catch (IOException) when (Directory.Exists(final))
        {
            // Another process was faster; its result is as good.
            Directory.Delete(work, recursive: true);
        }

        return (final, false);
    }

    private static string Hash(IEnumerable<string> contents)
    {
        var text = new StringBuilder();
        foreach (var part in contents)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
