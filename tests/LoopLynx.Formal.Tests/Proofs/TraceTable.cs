using System.Globalization;
using System.Text;

namespace LoopLynx.Formal.Tests.Proofs;

/// <summary>The ports of a solver's trace, one row a port and one column a cycle.</summary>
internal static class TraceTable
{
    private const int CyclesOfTime = 10;

    /// <summary>Reads the ports of the top module from a waveform file.</summary>
    public static string Of(string vcd, IReadOnlySet<string> ports)
    {
        var names = new Dictionary<string, string>();
        var rows = new Dictionary<string, SortedDictionary<int, string>>();
        var (depth, cycle, last) = (0, 0, 0);
        foreach (var line in vcd.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "$scope":
                    depth++;
                    break;
                case "$upscope":
                    depth--;
                    break;
                case "$var" when depth == 1 && ports.Contains(words[4]):
                    names.TryAdd(words[3], words[4]);
                    rows.TryAdd(words[4], []);
                    break;
                case var time when time[0] == '#':
                    cycle = int.Parse(time[1..], CultureInfo.InvariantCulture) / CyclesOfTime;
                    last = Math.Max(last, cycle);
                    break;
                case var value when value[0] == 'b' && words.Length == 2 && names.TryGetValue(words[1], out var name):
                    rows[name][cycle] = Hex(value[1..]);
                    break;
                case var value when value[0] is '0' or '1' or 'x' && names.TryGetValue(value[1..], out var name):
                    rows[name][cycle] = value[..1];
                    break;
            }
        }

        return rows.Count == 0 ? "" : Table(rows, last);
    }

    private static string Table(Dictionary<string, SortedDictionary<int, string>> rows, int last)
    {
        // Yosys sees a clocked claim one step after the cycle that breaks it, and the file ends one sample after that step.
        var cycles = Enumerable.Range(0, Math.Max(1, last - 1)).ToArray();
        string At(SortedDictionary<int, string> row, int cycle) => row.LastOrDefault(v => v.Key <= cycle).Value ?? "x";
        var width = Math.Max(cycles[^1].ToString(CultureInfo.InvariantCulture).Length, rows.Values.Max(r => r.Values.Select(v => v.Length).DefaultIfEmpty(1).Max()));
        var label = Math.Max("cycle".Length, rows.Keys.Max(k => k.Length));
        var text = new StringBuilder("cycle".PadRight(label));
        foreach (var cycle in cycles)
        {
            text.Append(' ').Append(cycle.ToString(CultureInfo.InvariantCulture).PadLeft(width));
        }

        foreach (var (name, row) in rows.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name.PadRight(label));
            foreach (var cycle in cycles)
            {
                text.Append(' ').Append(At(row, cycle).PadLeft(width));
            }
        }

        return text.ToString();
    }

    private static string Hex(string bits) => bits.All(b => b is '0' or '1')
        ? string.Concat(bits.PadLeft((bits.Length + 3) / 4 * 4, '0').Chunk(4).Select(n => Convert.ToInt32(new string(n), 2).ToString("x", CultureInfo.InvariantCulture)))
        : "x";
}
