using LoopLynx.Synthesis.Flat;

namespace LoopLynx.Synthesis.Timing;

/// <summary>What a timing analysis is asked for.</summary>
/// <param name="ClockMhz">The clock to meet, in MHz.</param>
public sealed record TimingScope(double ClockMhz)
{
    /// <summary>Where the nodes and the kernels lie.</summary>
    public KernelPlace Place { get; init; } = new();

    /// <summary>How many of the worst paths to list.</summary>
    public int Paths { get; init; } = 10;

    /// <summary>The wire model by which they are listed: <c>typical</c>, <c>ideal</c> or <c>spread</c>.</summary>
    public string Wires { get; init; } = "typical";
}
