using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>timing</c> is asked for.</summary>
/// <param name="Mapping">The machine and how it is mapped.</param>
public sealed record TimingRequest(MappingRequest Mapping)
{
    /// <summary>The clock to meet, in MHz.</summary>
    public double ClockMhz { get; init; } = Clock.Paper.Mhz;

    /// <summary>How many of the worst paths are wanted.</summary>
    public int Paths { get; init; } = 10;

    /// <summary>The wire model by which they are listed.</summary>
    public string Wires { get; init; } = "typical";
}
