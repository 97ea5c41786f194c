using LoopLynx.Hdl;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>What of an input belongs to what of an output; null stands for all of it, unchanged.</summary>
internal sealed record Route
{
    /// <summary>1 for a beat of the input that must reach the output.</summary>
    public Signal? Keep { get; init; }

    /// <summary>1 for a beat of the output that comes from the input.</summary>
    public Signal? Mine { get; init; }

    /// <summary>What the input's beat must look like when it leaves; one lane a part.</summary>
    public Signal? Expected { get; init; }

    /// <summary>Where the output shows it; one lane a part.</summary>
    public Signal? Observed { get; init; }
}
