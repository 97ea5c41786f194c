using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LoopLynx.Gen;
using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>
/// Folders by the hash of everything that went into them. One process fills a folder while others that need it wait; it works in a folder of its own,
/// which is then renamed in one step. A folder whose files aren't as they were is filled anew. What a killed process leaves is removed by the next one,
/// as soon as the tools that it had started have ended too.
/// </summary>
internal sealed class BuildCache
{
    private const string WorkPrefix = "work-", Locks = "locks", Logs = "logs";

    private readonly string _root;
    private readonly CancellationToken _cancel;

    /// <param name="root">Null: a folder in the user's cache folder.</param>
    /// <param name="cancel">Ends a wait for another process.</param>
    public BuildCache(string? root, CancellationToken cancel)
    {
        (_root, _cancel) = (CacheFolder.Prepare(root), cancel);
        Directory.CreateDirectory(Path.Combine(_root, Locks));
        Directory.CreateDirectory(Path.Combine(_root, Logs));
        ScratchFolder.RemoveAbandoned(_root, WorkPrefix);
    }

    /// <summary>The folder for these contents, filled by <paramref name="fill"/> unless it exists already. A failed fill leaves its log alone.</summary>
    /// <exception cref="SimulationException">The cache can't be written.</exception>
    public (string Folder, bool Existed) GetOrFill(string name, IEnumerable<string> contents, Action<string, BuildLog> fill)
    {
        var key = $"{name}-{Hash(contents)}";
        var final = Path.Combine(_root, key);
        if (Checksums.Hold(final))
        {
            return (final, true);
        }

        try
        {
            using var only = FileLock.Take(Path.Combine(_root, Locks, key), null, _cancel);
            if (Checksums.Hold(final))
            {
                return (final, true);
            }

            Fill(key, final, fill);
            return (final, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException($"can't write the folder of built models '{_root}': {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private void Fill(string key, string final, Action<string, BuildLog> fill)
    {
        var log = Path.Combine(_root, Logs, $"{key}.log");
        File.Delete(log);
        if (Directory.Exists(final))
        {
            Directory.Delete(final, recursive: true);
        }

        // The tools hold the folder's lock as well: those that outlive a killed process write into a folder that is still there.
        using var work = ScratchFolder.Create(_root, WorkPrefix, shared: true);
        try
        {
            fill(work.Path, new BuildLog(work.Path, log));
        }
        catch (OperationCanceledException)
        {
            File.Delete(log);
            throw;
        }

        Checksums.Write(work.Path);
        Directory.Move(work.Path, final);
        File.Delete(log);
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
