using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace LoopLynx.Host;

/// <summary>Reads files that a user names, with errors of one line: what is no file on a disk could be read for ever, and text is UTF-8.</summary>
public static partial class InputFile
{
    private const int CurrentFolder = -100, TypeOffset = 28;
    private const uint TypeField = 1;
    private const ushort TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000, Pipe = 0x1000;

    /// <summary>Refuses what is no regular file. A file that does not exist is left to whoever opens it.</summary>
    /// <exception cref="HostException">It is a folder, a pipe or a device.</exception>
    public static void CheckRegular(string path)
    {
        if (Type(path) is { } type && type != Regular)
            throw new HostException(
                $"{path}: is {(type == Folder ? "a folder" : type == Pipe ? "a named pipe" : "a device")}, not a file; name a file on a disk");
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="missing">What to say of a file that does not exist, after its path: <c>the file does not exist; ...</c></param>
    /// <exception cref="HostException">It does not exist, is no regular file, or cannot be read.</exception>
    public static byte[] ReadBytes(string path, string missing)
    {
        CheckRegular(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostException($"{path}: {missing}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new HostException($"{path}: the file cannot be read; check its permissions", e);
        }
    }

    /// <summary>The text of a file in UTF-8, with or without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="missing">What to say of a file that does not exist, after its path.</param>
    /// <exception cref="HostException">It cannot be read, or is in another encoding.</exception>
    public static string ReadText(string path, string missing)
    {
        byte[] bytes = ReadBytes(path, missing);
        ReadOnlySpan<byte> text = WithoutMark(bytes);
        CheckEncoding(path, text);
        return System.Text.Encoding.UTF8.GetString(text);
    }

    /// <summary>Bytes behind UTF-8's byte order mark, if there is one.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Refuses bytes that are not UTF-8 text.</summary>
    internal static void CheckEncoding(string path, ReadOnlySpan<byte> text)
    {
        const string advice = "convert the file to UTF-8, for example with: iconv -f LATIN1 -t UTF-8";
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new HostException($"{path}: is in UTF-16; {advice.Replace("LATIN1", "UTF-16")}");
        int invalid = Utf8.IsValid(text) ? -1 : FirstInvalid(text);
        if (invalid >= 0)
            throw new HostException($"{path}: byte {invalid} (0x{text[invalid]:X2}) is not UTF-8; {advice}");
        int zero = text.IndexOf((byte)0);
        if (zero >= 0)
            throw new HostException($"{path}: byte {zero} is zero, which no text holds; {advice.Replace("LATIN1", "UTF-16LE")}");
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (System.Text.Rune.DecodeFromUtf8(text[at..], out _, out int used) == System.Buffers.OperationStatus.Done)
            at += used;
        return at;
    }

    /// <summary>The kind of a file; null where there is none. The runtime does not tell, and opening a pipe would wait for its writer.</summary>
    private static ushort? Type(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        Span<byte> status = stackalloc byte[256];
        if (FileStatus(CurrentFolder, path, 0, TypeField, ref MemoryMarshal.GetReference(status)) != 0)
            return null;
        ReadOnlySpan<byte> mode = status[TypeOffset..];
        return (ushort)((BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(mode) : BinaryPrimitives.ReadUInt16BigEndian(mode)) & TypeMask);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileStatus(int folder, string path, int flags, uint mask, ref byte status);
}
