using System.Security.Cryptography;

namespace LoopLynx.Verilator;

/// <summary>What a folder of the cache holds: a file lists its files with their SHA-256, so that one that was cut short or removed is noticed.</summary>
internal static class Checksums
{
    private const string Name = "sums";

    /// <summary>Writes the list, the last file of a folder.</summary>
    public static void Write(string folder) => File.WriteAllLines(
        Path.Combine(folder, Name),
        Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => $"{Sum(path)}  {Path.GetFileName(path)}"));

    /// <summary>Whether the folder has its list and every file on it is as it was.</summary>
    public static bool Hold(string folder)
    {
        try
        {
            var lines = File.ReadAllLines(Path.Combine(folder, Name));
            return lines.Length > 0 && lines.All(line => line.Split("  ") is [var sum, var name] && Sum(Path.Combine(folder, name)) == sum);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Sum(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
