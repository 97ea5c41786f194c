namespace LoopLynx.Accelerator;

/// <summary>
/// The words of 32 bits that a start leaves behind the hidden state, in their order. <see cref="LoopLynxKernel"/> writes them.
/// </summary>
public static class KernelReportWords
{
    /// <summary>Words that every kernel has, before those of its steps and channels.</summary>
    public static IReadOnlyList<(string Name, string Summary)> Fixed { get; } =
    [
        ("version", "version of this layout and of the registers"),
        ("fault", "why the start has ended"),
        ("channel", "the channel that it concerns; the host's is behind the memory's"),
        ("stage", "the step that ran"),
        ("addressLow", "the byte address on the channel's port, low word"),
        ("addressHigh", "high word"),
        ("cycles", "cycles from the start to the end"),
        ("stages", "number of the words of steps that follow"),
    ];

    /// <summary>All words of a kernel.</summary>
    public static IReadOnlyList<(string Name, string Summary)> Of(NodeConfiguration c) =>
    [
        .. Fixed,
        .. c.Program.Steps.Select(s => ($"cycles{s.Name}", $"cycles of the step {s.Name}")),
        .. Enumerable.Range(0, c.Channels).SelectMany(i => Port($"{i}", $"channel {i}")),
        .. Port("Host", "the host's port"),
        .. Enumerable.Range(0, c.Channels).Select(i => ($"errors{i}", $"beats of channel {i} that weren't as the last self-test wants them")),
        .. c.Nodes > 1 ? _ring : [],
    ];

    /// <summary>The place of a word among all of a kernel.</summary>
    /// <param name="c">The kernel's configuration.</param>
    /// <param name="name">The word.</param>
    /// <exception cref="ArgumentOutOfRangeException">No word is named so.</exception>
    public static int Index(NodeConfiguration c, string name)
    {
        var index = Of(c).Select(w => w.Name).ToList().IndexOf(name);
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        return index;
    }

    /// <summary>Bytes of the report in the buffer of results: whole beats.</summary>
    public static int Bytes(NodeConfiguration c)
    {
        var beat = HostWrite.Bytes(c);
        return ((HostWrite.WordBytes * Of(c).Count) + beat - 1) / beat * beat;
    }

    private static readonly (string Name, string Summary)[] _ring =
    [
        ("flits", "flits of the token that have come"),
        ("joinCycles", "cycles from the start to the last node's"),
    ];

    private static IEnumerable<(string Name, string Summary)> Port(string port, string name) =>
    [
        ($"beats{port}", $"beats that {name} has delivered"),
        ($"stalls{port}", $"cycles in which {name} owed beats and delivered none"),
    ];
}
