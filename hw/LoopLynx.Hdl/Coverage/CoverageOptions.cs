namespace LoopLynx.Hdl.Coverage;

/// <summary>How a design is prepared for coverage.</summary>
public sealed record CoverageOptions
{
    /// <summary>Whether registers and ports are watched for toggles: most of the cost.</summary>
    public bool Toggles { get; init; } = true;

    /// <summary>Whether the top gets an output that shows all registers, for an engine whose state can't be looked at: Verilator.</summary>
    public bool ReadPort { get; init; }

    /// <summary>Classes that aren't covered, for example a test's own top.</summary>
    public IReadOnlyCollection<string> LeftOut { get; init; } = [];
}
