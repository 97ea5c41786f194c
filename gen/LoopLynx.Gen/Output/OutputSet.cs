using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LoopLynx.Gen;

/// <summary>
/// The files that one run writes into a folder: they appear together or not at all. They are gathered in a folder of their own; a new output folder then
/// appears by one rename. In a folder that exists already the files are renamed one by one, and <see cref="ManifestName"/>, which names the set, is taken
/// away before the first and comes back after the last: without it the set isn't complete.
/// </summary>
public sealed class OutputSet : IDisposable
{
    /// <summary>The file that lists a complete set: name, bytes and SHA-256 of each file.</summary>
    public const string ManifestName = "manifest.json";

    private const string Prefix = ".looplynx-";

    // JSON as people read it; the names of files are no HTML.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ConcurrentDictionary<OutputSet, bool> Unfinished = [];

    private readonly string _folder;
    private readonly string _full;
    private readonly string? _made;
    private readonly ScratchFolder _work;
    private readonly List<(string Name, byte[] Bytes)> _files = [];
    private bool _done;

    private OutputSet(string folder, string full, string? made, ScratchFolder work)
    {
        (_folder, _full, _made, _work) = (folder, full, made, work);
        Unfinished[this] = true;
    }

    /// <summary>Ends all sets of this process: it ends before they are complete.</summary>
    public static void GiveUpAll()
    {
        foreach (var set in Unfinished.Keys)
        {
            set.Dispose();
        }
    }

    /// <summary>Begins a set, and proves that the folder can be written before any work is spent on its files.</summary>
    /// <param name="folder">The output folder; it is made by <see cref="Commit"/> where it doesn't exist.</param>
    /// <exception cref="OutputException">It can't be written, or is a file.</exception>
    public static OutputSet Begin(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new OutputException("the name of the output folder is empty: name a folder to write into");
        }

        return OutputException.Guard(folder, () =>
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            if (File.Exists(full))
            {
                throw new IOException("it is a file; name a folder");
            }

            var exists = Directory.Exists(full);
            var place = exists ? full : Path.GetDirectoryName(full)!;
            var made = FirstMissing(place);
            try
            {
                Directory.CreateDirectory(place);
                return new OutputSet(folder, full, made, ScratchFolder.Create(place, Prefix));
            }
            catch
            {
                RemoveEmpty(made, place);
                throw;
            }
        });
    }

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name in the folder; <c>/</c> puts it into a folder below.</param>
    /// <param name="text">Its text, written as UTF-8.</param>
    /// <exception cref="OutputException">It can't be written, for example because the disk is full.</exception>
    public void Add(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        OutputException.Guard(Path.Combine(_folder, name), () =>
        {
            var path = Path.Combine(_work.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
            return name;
        });
        _files.Add((name, bytes));
    }

    /// <summary>Makes the set appear, with its manifest. A file that already has the same bytes is left alone, so that build tools see no change.</summary>
    /// <returns>The paths in the order of <see cref="Add"/>, then the manifest's.</returns>
    /// <exception cref="OutputException">The folder can't be written.</exception>
    public IReadOnlyList<string> Commit()
    {
        Add(ManifestName, Manifest());
        OutputException.Guard(_folder, () =>
        {
            try
            {
                if (!Directory.Exists(_full))
                {
                    Directory.Move(_work.Path, _full);
                    return true;
                }
            }
            catch (IOException) when (Directory.Exists(_full))
            {
                // Another process has made the folder meanwhile.
            }

            Merge();
            return true;
        });
        _done = true;
        return [.. _files.Select(file => Path.Combine(_folder, file.Name))];
    }

    /// <summary>Ends the set; without <see cref="Commit"/> nothing is left of it.</summary>
    public void Dispose()
    {
        Unfinished.TryRemove(this, out _);
        _work.Dispose();
        if (!_done)
        {
            RemoveEmpty(_made, Path.GetDirectoryName(_full)!);
        }
    }

    private void Merge()
    {
        var changed = _files.Where(file => !IsSame(Path.Combine(_full, file.Name), file.Bytes)).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        File.Delete(Path.Combine(_full, ManifestName));
        foreach (var (name, _) in changed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_full, name))!);
            File.Move(Path.Combine(_work.Path, name), Path.Combine(_full, name), overwrite: true);
        }

        if (changed[^1].Name != ManifestName)
        {
            File.Move(Path.Combine(_work.Path, ManifestName), Path.Combine(_full, ManifestName), overwrite: true);
        }
    }

    private string Manifest() => JsonSerializer.Serialize(
        new
        {
            files = _files.Select(file => new
            {
                name = file.Name,
                bytes = file.Bytes.Length,
                sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Bytes)),
            }),
        },
        Indented) + "\n";

    private static bool IsSame(string path, byte[] bytes) =>
        File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);

    // The outermost folder that has to be made for a place to exist.
    private static string? FirstMissing(string place)
    {
        string? missing = null;
        for (var folder = place; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing = folder;
        }

        return missing;
    }

    // Folders that were made for nothing, from the inside; one that others have used since stays.
    private static void RemoveEmpty(string? outermost, string innermost)
    {
        for (var folder = innermost; outermost is not null && folder is not null && folder.Length >= outermost.Length; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }
}
