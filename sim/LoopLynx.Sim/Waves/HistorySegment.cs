using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Waves;

/// <summary>What happened from a snapshot to the next one.</summary>
/// <param name="start">The snapshot.</param>
/// <param name="ticked">The domains whose edges led to it; null: all.</param>
internal sealed class HistorySegment(EngineSnapshot start, ClockDomain[]? ticked)
{
    private readonly List<HistoryStep> _steps = [];

    public EngineSnapshot Start { get; } = start;

    public ClockDomain[]? Ticked { get; } = ticked;

    public IReadOnlyList<HistoryStep> Steps => _steps;

    public void Add(HistoryStep step) => _steps.Add(step);
}

/// <summary>Some edges with the inputs held.</summary>
/// <param name="Inputs">All input ports one after another; null: as before.</param>
/// <param name="Resets">Resets that were driven before, in order.</param>
/// <param name="Domains">The clocks that ticked; null: all.</param>
/// <param name="Cycles">Edges.</param>
internal sealed record HistoryStep(byte[]? Inputs, IReadOnlyList<(ClockDomain Domain, bool Asserted)> Resets, ClockDomain[]? Domains, long Cycles);
