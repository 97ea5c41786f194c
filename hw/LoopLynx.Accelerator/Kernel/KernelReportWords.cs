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
        .. Enumerable.Range(0, c.Channels).SelectMany(Channel),
    ];

    private static IEnumerable<(string Name, string Summary)> Channel(int channel) =>
    [
        ($"beats{channel}", $"beats that channel {channel} has delivered"),
        ($"stalls{channel}", $"cycles in which channel {channel} owed beats and delivered none"),
    ];
}
