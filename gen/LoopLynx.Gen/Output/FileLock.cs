using System.Runtime.InteropServices;

namespace LoopLynx.Gen;

/// <summary>An exclusive lock on a file, held by a process: it is free again when the process ends, however it ends.</summary>
public sealed partial class FileLock : IDisposable
{
    private const int SetDescriptorFlags = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a file, which is made if need be; null while another holder has it.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="shared">Processes that this one starts from now on hold the lock too, so that it is free only when they have ended as well.</param>
    /// <exception cref="IOException">The file can't be made.</exception>
    public static FileLock? TryTake(string path, bool shared = false)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        // Its holder may have removed the file since it was opened: then this lock is on nothing that others can see.
        if (!File.Exists(path))
        {
            file.Dispose();
            return null;
        }

        if (shared)
        {
            // Without the flag "close on exec" a program that is started inherits the open file, and the lock with it.
            _ = Control((int)file.SafeFileHandle.DangerousGetHandle(), SetDescriptorFlags, 0);
        }

        return new FileLock(file);
    }

    /// <summary>Waits for the lock of a file.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="waits">Called once if another holder has it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static FileLock Take(string path, Action? waits = null, CancellationToken cancel = default)
    {
        for (var told = false; ; told = true)
        {
            cancel.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (!told)
            {
                waits?.Invoke();
            }

            cancel.WaitHandle.WaitOne(Pause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}
