namespace LoopLynx.Repository.Tests.Size;

/// <summary>
/// The committed list of members that are over a limit. It may only shrink: a line that is too large or isn't needed any more is a failure, too.
/// </summary>
internal static class SizeExceptions
{
    /// <summary>The list's file, from the repository's root.</summary>
    public const string File = "tests/LoopLynx.Repository.Tests/Size/exceptions.txt";

    /// <summary>The only folders that may have exceptions.</summary>
    public static readonly string[] Folders = ["hw/LoopLynx.Hdl/", "sim/", "gen/"];

    /// <summary>What is wrong, a line each: new violations, and exceptions that may shrink, go, or should never have come.</summary>
    /// <param name="findings">What was counted.</param>
    /// <param name="exceptions">Lines <c>file member measure value</c>.</param>
    public static IEnumerable<string> Compare(IEnumerable<Finding> findings, IEnumerable<string> exceptions)
    {
        var violations = findings.Where(f => f.IsViolation).ToDictionary(f => f.Key);
        var allowed = exceptions.Select(Read).ToDictionary(e => e.Key, e => e.Value);
        foreach (var found in violations.Values)
        {
            var most = allowed.TryGetValue(found.Key, out var value) ? value : Limits.Of(found.Measure);
            if (found.Value != most)
            {
                yield return found.Value > most ? $"{found}: at most {most}" : $"{found}: its exception says {most}; write {found.Value}";
            }
        }

        foreach (var (key, _) in allowed.Where(e => !violations.ContainsKey(e.Key)))
        {
            yield return $"{key}: the exception isn't needed any more; remove it";
        }

        foreach (var (key, _) in allowed.Where(e => !Folders.Any(e.Key.StartsWith)))
        {
            yield return $"{key}: only {string.Join(", ", Folders)} may have exceptions";
        }
    }

    /// <summary>
    /// Writes the list anew without what is needed no more and with values that have become smaller. What has grown or is new is left to the comparison.
    /// </summary>
    public static void Shrink(IEnumerable<Finding> findings)
    {
        var violations = findings.Where(f => f.IsViolation).ToDictionary(f => f.Key);
        var path = Production.Path(File);
        var kept = System.IO.File.ReadAllLines(path).Select(Read).Where(e => violations.ContainsKey(e.Key))
            .Select(e => $"{e.Key} {Math.Min(e.Value, violations[e.Key].Value)}");
        System.IO.File.WriteAllLines(path, kept);
    }

    private static (string Key, int Value) Read(string line)
    {
        var at = line.LastIndexOf(' ');
        return (line[..at], int.Parse(line[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
