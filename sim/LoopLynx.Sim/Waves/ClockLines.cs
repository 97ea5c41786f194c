using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Clocks;

namespace LoopLynx.Sim.Waves;

/// <summary>The clocks of a VCD file: they rise when their domains tick, and fall half a cycle or half a period later.</summary>
internal sealed class ClockLines(TextWriter output, ClockSchedule? schedule)
{
    private readonly Dictionary<string, VcdSignal> _clocks = [];
    private readonly PriorityQueue<VcdSignal, long> _falls = new();

    /// <summary>Unit of the times.</summary>
    public string Unit => schedule is null ? "1ns" : "1ps";

    /// <summary>Adds a clock, if it isn't there yet.</summary>
    public void Add(ClockDomain domain, Func<VcdSignal> declare)
    {
        if (!_clocks.ContainsKey(domain.Clock))
        {
            _clocks[domain.Clock] = declare();
        }
    }

    /// <summary>Writes the falls before a cycle, its time, and the rises at its beginning.</summary>
    public void Rise(long cycle, IReadOnlyList<ClockDomain>? ticked)
    {
        var time = schedule?.Time ?? cycle * VcdWriter.CycleTime;
        Fall(time);
        output.Write($"#{time}\n");
        foreach (var (name, clock) in _clocks)
        {
            var rises = schedule is { Time: 0 } ? false : ticked is null || ticked.Any(d => d.Clock == name);
            clock.Write(output, [rises ? 1ul : clock.Value]);
            if (rises)
            {
                _falls.Enqueue(clock, time + Half(name));
            }
        }
    }

    /// <summary>Writes the falls that come before a time.</summary>
    public void Fall(long before)
    {
        while (_falls.TryPeek(out _, out var time) && time <= before)
        {
            output.Write($"#{time}\n");
            while (_falls.TryPeek(out var clock, out var same) && same == time)
            {
                clock.Write(output, [0]);
                _falls.Dequeue();
            }
        }
    }

    private long Half(string clock) => (schedule?.Clocks.First(c => c.Domain.Clock == clock).Period ?? VcdWriter.CycleTime) / 2;
}
