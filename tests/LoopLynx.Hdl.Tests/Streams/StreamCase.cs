using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Streams;

/// <summary>One use of stream combinators and what it must do.</summary>
/// <param name="Name">Prefix of its ports.</param>
/// <param name="Inputs">Types of the streams that it consumes.</param>
/// <param name="Outputs">Types of the streams that it produces.</param>
/// <param name="Build">The hardware.</param>
internal sealed record StreamCase(string Name, HdlType[] Inputs, HdlType[] Outputs, Func<IReadOnlyList<Stream<Signal>>, IReadOnlyList<Stream<Signal>>> Build)
{
    /// <summary>The beats of each output from the beats of each input; null where the order is free.</summary>
    public Func<IReadOnlyList<List<Beat>>, IReadOnlyList<List<Beat>>>? Expected { get; init; }

    /// <summary>Cycles that n beats at each input take when nobody stalls; null where nothing is promised.</summary>
    public Func<int, int>? Cycles { get; init; }

    /// <summary>False where a waiting beat may be withdrawn.</summary>
    public bool IsStable { get; init; } = true;

    /// <summary>Input values stay below this limit.</summary>
    public int Limit { get; init; } = 1 << 16;

    public string In(int i) => $"{Name}_in{i}";

    public string Out(int i) => $"{Name}_out{i}";
}
