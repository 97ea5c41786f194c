using System.Collections.Concurrent;

namespace LoopLynx.Gen;

/// <summary>
/// A folder for work that isn't finished, with a lock beside it. A process that is killed leaves both; the next one that makes such a folder in the
/// same place finds the lock free, and removes them.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const string LockExtension = ".lock";

    private static readonly ConcurrentDictionary<ScratchFolder, bool> Living = [];

    private readonly FileLock _lock;
    private readonly string _lockPath;

    private ScratchFolder(string path, string lockPath, FileLock taken)
    {
        (Path, _lockPath, _lock) = (path, lockPath, taken);
        Living[this] = true;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes a folder of its own, after removing what killed processes left.</summary>
    /// <param name="parent">A folder that exists.</param>
    /// <param name="prefix">How the names of these folders begin.</param>
    /// <param name="shared">Programs that this process starts hold the lock too: as long as one of them lives, the folder stays.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    public static ScratchFolder Create(string parent, string prefix, bool shared = false)
    {
        RemoveAbandoned(parent, prefix);
        while (true)
        {
            var path = System.IO.Path.Combine(parent, $"{prefix}{Guid.NewGuid():N}");
            if (FileLock.TryTake(path + LockExtension, shared) is { } taken)
            {
                try
                {
                    Directory.CreateDirectory(path);
                    return new ScratchFolder(path, path + LockExtension, taken);
                }
                catch
                {
                    File.Delete(path + LockExtension);
                    taken.Dispose();
                    throw;
                }
            }
        }
    }

    /// <summary>Removes the folders whose locks are free: their processes have ended.</summary>
    public static void RemoveAbandoned(string parent, string prefix)
    {
        foreach (var lockPath in Directory.GetFiles(parent, $"{prefix}*{LockExtension}"))
        {
            try
            {
                using var free = FileLock.TryTake(lockPath);
                if (free is not null)
                {
                    Remove(lockPath[..^LockExtension.Length]);
                    File.Delete(lockPath);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process removes it, or it isn't ours to remove; the next one tries again.
            }
        }
    }

    /// <summary>Removes all folders of this process: it ends before its work is finished.</summary>
    public static void RemoveAll()
    {
        foreach (var folder in Living.Keys)
        {
            folder.Dispose();
        }
    }

    /// <summary>Removes the folder, unless it has been moved away, and its lock.</summary>
    public void Dispose()
    {
        if (!Living.TryRemove(this, out _))
        {
            return;
        }

        try
        {
            Remove(Path);
            File.Delete(_lockPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here matters more; the next process finds the lock free and tries again.
        }

        _lock.Dispose();
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
