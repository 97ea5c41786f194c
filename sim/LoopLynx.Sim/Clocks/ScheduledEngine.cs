using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Clocks;

/// <summary>An engine whose clocks follow a schedule: a tick is the next moment at which any clock has an edge. Testbenches that know nothing of clocks run on it unchanged.</summary>
/// <remarks>For waves with true times, wrap the engine that writes waves and give its <see cref="Waves.WaveOptions.Schedule"/> the same schedule.</remarks>
public sealed class ScheduledEngine : IEngine
{
    private readonly IEngine _inner;

    /// <summary>Takes over an engine; it is disposed with this one.</summary>
    /// <exception cref="SimulationException">The schedule isn't of the design's clocks.</exception>
    public ScheduledEngine(IEngine inner, ClockSchedule schedule)
    {
        schedule.Check(inner.Design);
        (_inner, Schedule) = (inner, schedule);
    }

    /// <summary>When the edges are.</summary>
    public ClockSchedule Schedule { get; }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public Design Design => _inner.Design;

    /// <inheritdoc/>
    public long Cycle => _inner.Cycle;

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => _inner.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => _inner.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted) => _inner.Reset(domain, asserted);

    /// <inheritdoc/>
    public void Settle() => _inner.Settle();

    /// <summary>The next edges of the schedule.</summary>
    public void Tick()
    {
        _inner.Tick(Schedule.Next.AsSpan());
        Schedule.Advance();
    }

    /// <summary>The edges of the schedule up to the next one of this domain's clock.</summary>
    public void Tick(ClockDomain domain)
    {
        ClockEdges.Of(Design.Top, [domain]);
        while (!Schedule.Next.Any(d => d.Clock == domain.Clock))
        {
            Tick();
        }

        Tick();
    }

    /// <summary>The edges of the schedule until each of these domains' clocks had one.</summary>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        var waiting = ClockEdges.Of(Design.Top, domains).Select(d => d.Clock).ToHashSet();
        while (waiting.Count > 0)
        {
            waiting.ExceptWith(Schedule.Next.Select(d => d.Clock));
            Tick();
        }
    }

    /// <inheritdoc/>
    public void Run(long cycles)
    {
        for (var i = 0L; i < cycles; i++)
        {
            Tick();
        }
    }

    /// <summary>The edges of the schedule up to the last one that isn't later than <paramref name="time"/>.</summary>
    /// <param name="time">In ps.</param>
    public void RunTo(long time)
    {
        while (Schedule.NextTime <= time)
        {
            Tick();
        }
    }

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _inner.PeekNet(path);

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();
}
