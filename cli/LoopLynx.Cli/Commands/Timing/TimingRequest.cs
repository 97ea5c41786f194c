using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>timing</c> is asked for.</summary>
/// <param name="Mapping">The machine and how it is mapped.</param>
public sealed record TimingRequest(MappingRequest Mapping)
{
    /// <summary>The clock to meet, in MHz: without another word that of the machine's preset.</summary>
    public double ClockMhz { get; init; } = Mapping.Machine.Clock.Mhz;

    /// <summary>How many of the worst paths are wanted.</summary>
    public int Paths { get; init; } = 10;

    /// <summary>The wire model by which they are listed.</summary>
    public string Wires { get; init; } = "typical";

    /// <summary>Whether OpenSTA times the kernels too.</summary>
    public bool OpenSta { get; init; }
}
