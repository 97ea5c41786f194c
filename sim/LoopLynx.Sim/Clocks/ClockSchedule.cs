using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Clocks;

/// <summary>
/// The edges of several clocks in the order of time, exact in integers. Edges at the same picosecond are one moment: their domains tick together.
/// <code>
/// var schedule = new ClockSchedule(new(Core, 3_000), new(Memory, 7_000, Phase: 500));
/// engine.Tick(schedule.Next.AsSpan());
/// schedule.Advance();
/// </code>
/// </summary>
public sealed class ClockSchedule
{
    private readonly long[] _next;

    /// <summary>A schedule at time 0, before the first edge.</summary>
    public ClockSchedule(params ImmutableArray<ClockTiming> clocks)
    {
        if (clocks.IsEmpty)
        {
            throw new SimulationException("a schedule needs at least one clock");
        }

        foreach (var clock in clocks)
        {
            if (clock.Period < 2 || clock.Phase < 0 || clock.Phase >= clock.Period)
            {
                throw new SimulationException($"clock '{clock.Domain.Clock}' has period {clock.Period} ps and phase {clock.Phase} ps: a period is at least 2 and a phase from 0 to the period - 1");
            }
        }

        if (clocks.Select(c => c.Domain.Clock).Distinct().Count() < clocks.Length)
        {
            throw new SimulationException("a clock is twice in one schedule: domains that share a clock are scheduled by one of them");
        }

        Clocks = clocks;
        _next = [.. clocks.Select(c => c.Phase + c.Period)];
        Next = Find();
    }

    /// <summary>The clocks.</summary>
    public ImmutableArray<ClockTiming> Clocks { get; }

    /// <summary>Time of the last edges in ps; 0 at the start.</summary>
    public long Time { get; private set; }

    /// <summary>Time of the next edges in ps.</summary>
    public long NextTime => _next.Min();

    /// <summary>One domain of each clock that has an edge at <see cref="NextTime"/>, in the order of <see cref="Clocks"/>.</summary>
    public ImmutableArray<ClockDomain> Next { get; private set; }

    /// <summary>Lets the next edges be past.</summary>
    public void Advance()
    {
        Time = NextTime;
        for (var i = 0; i < _next.Length; i++)
        {
            if (_next[i] == Time)
            {
                _next[i] += Clocks[i].Period;
            }
        }

        Next = Find();
    }

    /// <summary>Makes sure that every clock of a design is scheduled, and nothing else.</summary>
    /// <exception cref="SimulationException">A clock is missing or too much.</exception>
    public void Check(Design design)
    {
        var scheduled = Clocks.Select(c => c.Domain.Clock).Order(StringComparer.Ordinal).ToArray();
        var used = design.Top.Domains.Select(d => d.Clock).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (!scheduled.SequenceEqual(used))
        {
            throw new SimulationException($"'{design.Top.Name}' has the clocks {string.Join(", ", used)}, but the schedule has {string.Join(", ", scheduled)}");
        }
    }

    private ImmutableArray<ClockDomain> Find()
    {
        var time = NextTime;
        return [.. Clocks.Where((_, i) => _next[i] == time).Select(c => c.Domain)];
    }
}
