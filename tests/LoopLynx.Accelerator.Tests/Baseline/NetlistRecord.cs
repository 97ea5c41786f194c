namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>
/// The record of netlists in few lines: <c>machine 3 | name</c> numbers the machines, and <c>Module | hash | 1-3 7</c> says which of them have the module in this text.
/// Lines of one module stand together, so that a change of the file shows the modules that changed.
/// </summary>
internal static class NetlistRecord
{
    private const string Separator = " | ";
    private const string MachineKey = "machine ";

    /// <summary>The lines of the file.</summary>
    /// <param name="machines">One line for each machine: its name, and the hash of each of its modules.</param>
    public static IEnumerable<string> Write(IReadOnlyList<RecordLine> machines)
    {
        var modules = machines.SelectMany((machine, i) => machine.Values.Select(v => (Module: v.Name, Hash: v.Value, Number: i + 1)))
            .GroupBy(m => (m.Module, m.Hash))
            .OrderBy(text => text.Key.Module, StringComparer.Ordinal);
        return machines.Select((machine, i) => $"{MachineKey}{i + 1}{Separator}{machine.Key}")
            .Concat(modules.Select(text => string.Join(Separator, text.Key.Module, text.Key.Hash, Ranges([.. text.Select(m => m.Number)]))));
    }

    /// <summary>Reads the file.</summary>
    public static IReadOnlyList<RecordLine> Read(IEnumerable<string> lines)
    {
        var names = new List<string>();
        var values = new List<List<(string Name, string Value)>>();
        foreach (var parts in lines.Select(line => line.Split(Separator)))
        {
            if (parts[0].StartsWith(MachineKey, StringComparison.Ordinal))
            {
                names.Add(parts[1]);
                values.Add([]);
                continue;
            }

            foreach (var number in parts[2].Split(' ').SelectMany(Numbers))
            {
                values[number - 1].Add((parts[0], parts[1]));
            }
        }

        return [.. names.Zip(values, (name, modules) => new RecordLine(name, modules))];
    }

    // 1 2 3 7 -> "1-3 7"; the numbers ascend.
    private static string Ranges(IReadOnlyList<int> numbers)
    {
        var ranges = numbers.Select((number, i) => (number, Run: number - i)).GroupBy(n => n.Run, n => n.number);
        return string.Join(' ', ranges.Select(r => r.First() == r.Last() ? $"{r.First()}" : $"{r.First()}-{r.Last()}"));
    }

    private static IEnumerable<int> Numbers(string range)
    {
        var ends = range.Split('-').Select(int.Parse).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
