using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LoopLynx.Gen;
using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>The folder of built models. Libraries from it run in this process, so nobody but its owner may write it.</summary>
internal static partial class CacheFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CurrentFolder = -100;
    private const uint OwnerField = 8;
    private const int OwnerOffset = 20;

    /// <summary>Makes the folder if need be, and checks that it is this user's alone.</summary>
    /// <param name="folder">Null: <c>looplynx/verilator</c> in the user's cache folder, which is <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>.</param>
    /// <exception cref="SimulationException">It can't be made, or belongs to another user.</exception>
    public static string Prepare(string? folder)
    {
        var path = Path.GetFullPath(folder ?? UserCache.Folder("verilator"));
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // The folder of a user's data is the user's alone there.
                Directory.CreateDirectory(path);
                return path;
            }

            Directory.CreateDirectory(path, Private);
            if (Owner(path) is { } owner && owner != UserCache.UserId())
            {
                throw new SimulationException(
                    $"the folder of built models '{path}' belongs to another user (id {owner}); set XDG_CACHE_HOME to a folder of your own");
            }

            if (File.GetUnixFileMode(path) != Private)
            {
                File.SetUnixFileMode(path, Private);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulationException(
                $"the folder of built models '{path}' can't be made or written: {e.Message.ReplaceLineEndings(" ")}; set XDG_CACHE_HOME to a folder of your "
                    + "own", e);
        }

        return path;
    }

    // The runtime tells a file's rights but not its owner.
    private static uint? Owner(string path)
    {
        Span<byte> status = stackalloc byte[256];
        return FileStatus(CurrentFolder, path, 0, OwnerField, ref MemoryMarshal.GetReference(status)) == 0
            ? BitConverter.IsLittleEndian
                ? BinaryPrimitives.ReadUInt32LittleEndian(status[OwnerOffset..])
                : BinaryPrimitives.ReadUInt32BigEndian(status[OwnerOffset..])
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileStatus(int folder, string path, int flags, uint mask, ref byte status);
}
