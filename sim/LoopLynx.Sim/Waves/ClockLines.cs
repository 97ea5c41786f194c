using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Clocks;

namespace LoopLynx.Sim.Waves;

/// <summary>The clocks of a wave file: they rise when their domains tick, and fall half a cycle or half a period later.</summary>
/// <param name="schedule">True times, or null: every cycle takes <see cref="WaveWriter.CycleTime"/>.</param>
/// <param name="time">Says that what follows happens at a time.</param>
/// <param name="write">Writes the value of a clock's variable.</param>
internal sealed class ClockLines(ClockSchedule? schedule, Action<long> time, Action<int, bool> write)
{
    private readonly Dictionary<string, int> _variables = [];
    private readonly HashSet<int> _high = [];
    private readonly PriorityQueue<int, long> _falls = new();

    /// <summary>Adds a clock, if it isn't there yet.</summary>
    public void Add(ClockDomain domain, Func<int> declare)
    {
        if (!_variables.ContainsKey(domain.Clock))
        {
            _variables[domain.Clock] = declare();
        }
    }

    /// <summary>Writes the falls before a cycle, its time, and the rises at its beginning.</summary>
    public void Rise(long cycle, IReadOnlyList<ClockDomain>? ticked)
    {
        var now = schedule?.Time ?? cycle * WaveWriter.CycleTime;
        Fall(now);
        time(now);
        foreach (var (name, clock) in _variables)
        {
            var rises = schedule is not { Time: 0 } && (ticked is null || ticked.Any(d => d.Clock == name));
            if (rises)
            {
                _high.Add(clock);
                _falls.Enqueue(clock, now + Half(name));
            }

            write(clock, _high.Contains(clock));
        }
    }

    /// <summary>Writes the falls at the end of a cycle, where cycles take equal times; with true times they come before the next rise.</summary>
    public void End(long cycle)
    {
        if (schedule is null)
        {
            Fall((cycle + 1) * WaveWriter.CycleTime);
        }
    }

    private void Fall(long before)
    {
        while (_falls.TryPeek(out _, out var next) && next <= before)
        {
            time(next);
            while (_falls.TryPeek(out var clock, out var same) && same == next)
            {
                _high.Remove(clock);
                write(clock, false);
                _falls.Dequeue();
            }
        }
    }

    private long Half(string clock) => (schedule?.Clocks.First(c => c.Domain.Clock == clock).Period ?? WaveWriter.CycleTime) / 2;
}
