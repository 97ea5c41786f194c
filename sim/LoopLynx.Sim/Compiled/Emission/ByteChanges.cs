using System.Globalization;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// Which bytes of a run differ from those of the cycle before, 16 to 64 at a time, with a bit for each:
/// <code>
/// var now0 = Vector512.Load(&amp;s[64]);
/// var same0 = Vector512.Equals(now0, Vector512.Load(&amp;s[960])).ExtractMostSignificantBits(); now0.Store(&amp;s[960]);
/// </code>
/// </summary>
/// <param name="writer">Inside a method.</param>
/// <param name="memory">Keeps the bytes.</param>
/// <param name="first">The first byte of the run.</param>
internal sealed class ByteChanges(CSharpWriter writer, PrivateRegion memory, int first)
{
    private static readonly int Width = WatchedStores.Widest;

    private readonly HashSet<int> _read = [];

    /// <summary>An expression that isn't 0 where one of the bytes has changed; writes what it needs.</summary>
    public string Of(IEnumerable<int> bytes)
    {
        var terms = new List<string>();
        foreach (var part in bytes.GroupBy(b => (b - first) / Width).OrderBy(p => p.Key))
        {
            Read(part.Key);
            var mask = part.Aggregate(0ul, (bits, b) => bits | (1ul << ((b - first) % Width)));
            terms.Add(string.Create(CultureInfo.InvariantCulture, $"(~(ulong)same{part.Key} & 0x{mask:x}ul)"));
        }

        return $"({string.Join(" | ", terms)})";
    }

    // Bytes behind the run may be among those that are compared; nobody asks for them.
    private void Read(int part)
    {
        if (!_read.Add(part))
        {
            return;
        }

        var (vector, port, copy) = ($"Vector{8 * Width}", new Address("s", first + (part * Width)), new Address("s", memory.Place(Width)));
        writer.Line($"var now{part} = {vector}.Load({port}); "
            + $"var same{part} = {vector}.Equals(now{part}, {vector}.Load({copy})).ExtractMostSignificantBits(); now{part}.Store({copy});");
    }
}
