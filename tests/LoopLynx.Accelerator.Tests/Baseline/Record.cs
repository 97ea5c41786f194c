using System.Runtime.CompilerServices;

namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>A recorded file beside the tests. With <c>LOOPLYNX_RECORD=1</c> the tests write it instead of comparing.</summary>
internal static class Record
{
    private const int MostDifferences = 60;

    /// <summary>Whether the files are written.</summary>
    public static bool IsRecording => Environment.GetEnvironmentVariable("LOOPLYNX_RECORD") == "1";

    /// <summary>Fails with every difference between the file and what was measured.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="now">What was measured, in the file's order.</param>
    /// <param name="read">Reads the file's lines.</param>
    /// <param name="write">Makes them.</param>
    public static void Check(string file, IReadOnlyList<RecordLine> now, Func<IEnumerable<string>, IReadOnlyList<RecordLine>> read, Func<IReadOnlyList<RecordLine>, IEnumerable<string>> write)
    {
        var path = Path.Combine(Folder(), file);
        if (IsRecording)
        {
            File.WriteAllLines(path, write(now));
            return;
        }

        var differences = Differences(read(File.ReadLines(path)), now).ToArray();
        var more = differences.Length > MostDifferences ? $"\nand {differences.Length - MostDifferences} more" : "";
        Assert.True(differences.Length == 0, $"{file} records something else:\n{string.Join('\n', differences.Take(MostDifferences))}{more}");
    }

    /// <summary>Lines of a recorded file.</summary>
    public static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(Folder(), file));

    /// <summary>One sentence for each value that differs, and for each line that is new or gone.</summary>
    public static IEnumerable<string> Differences(IReadOnlyList<RecordLine> recorded, IReadOnlyList<RecordLine> now)
    {
        var (before, after) = (recorded.ToDictionary(line => line.Key), now.ToDictionary(line => line.Key));
        return recorded.Where(line => !after.ContainsKey(line.Key)).Select(line => $"{line.Key}: recorded, not measured")
            .Concat(now.SelectMany(line => before.TryGetValue(line.Key, out var old) ? old.DifferencesTo(line) : [$"{line.Key}: measured, not recorded"]));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
