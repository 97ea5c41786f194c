using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Hbm;

/// <summary>A kernel that does nothing but read, with as many bursts under way as the port allows: what a benchmark on a card does.</summary>
internal static class HbmReader
{
    private const int BeatBytes = 64;

    /// <summary>Bytes a second, in GB/s, of bursts of a port of 64 bytes.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="bursts">How many.</param>
    /// <param name="beats">Beats of each.</param>
    /// <param name="address">Address of each.</param>
    public static double Rate(HbmTiming timing, int channel, int bursts, int beats, Func<long, long> address)
    {
        var memory = new HbmChannel(timing, channel, BeatBytes);
        var last = new Queue<long>();
        var ready = new Queue<long>();
        var (cycle, end, first) = (0L, 0L, -1L);
        for (var burst = 0; burst < bursts; burst++)
        {
            cycle = Math.Max(cycle + 1, last.Count < timing.BurstsUnderWay ? 0 : last.Dequeue() + 1);
            memory.Read(cycle, address(burst), beats, ready);
            first = first < 0 ? ready.Peek() : first;
            end = ready.Last();
            ready.Clear();
            last.Enqueue(end);
        }

        return (double)bursts * beats * BeatBytes * timing.KernelMhz / 1000 / (end - first + 1);
    }

    /// <summary>Bytes a second, in GB/s, of reads of 32 bytes from a port of the memory's own clock and width.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="reads">How many.</param>
    /// <param name="address">Address of each.</param>
    public static double Columns(HbmTiming timing, int reads, Func<long, long> address)
    {
        var controller = new HbmController(timing, 0);
        var end = 0L;
        for (var read = 0L; read < reads; read++)
        {
            end = controller.Column(read, address(read), isWrite: false);
        }

        return (double)reads * HbmTiming.ColumnBytes * timing.HbmMhz / 1000 / end;
    }
}
