using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Hbm;

/// <summary>The model of a pseudo-channel beside what was measured on cards. Sources are in docs/memory.md.</summary>
public sealed class HbmTimingTests
{
    private const int Channels = 32;

    /// <summary>One reader alone, from a port of 64 bytes at 300 MHz, with bursts of 1 KiB: 425 GB/s over 32 channels are 13.28.</summary>
    [Fact]
    public void OneSequentialReaderGetsThirteenGigabytesASecond()
    {
        for (var channel = 0; channel < Channels; channel += 5)
        {
            var rate = HbmReader.Rate(HbmTiming.U50, channel, bursts: 20_000, beats: 16, burst => burst * 1024);
            Assert.InRange(rate, 13.1, 13.3);
            Assert.InRange(rate / HbmTiming.U50.SequentialGBps, 0.998, 1.0);
        }
    }

    [Fact]
    public void TheSlowerMemoryOfTheVariantIsItsOwnRoofline()
    {
        var rate = HbmReader.Rate(HbmTiming.U50Lv, 0, bursts: 20_000, beats: 16, burst => burst * 1024);
        Assert.Equal(12.8, HbmTiming.U50Lv.PeakGBps, 6);
        Assert.InRange(rate / HbmTiming.U50Lv.SequentialGBps, 0.998, 1.0);
    }

    /// <summary>Behind the switch, 48, 55 and 62 ticks of 450 MHz: 107, 122 and 138 ns.</summary>
    [Fact]
    public void AnIdleChannelAnswersAfterWhatItsRowNeeds()
    {
        var controller = new HbmController(HbmTiming.U50, channel: 31);
        const long OtherRow = 1 << 14;
        long Latency(long tick, long address) => controller.Column(tick, address, isWrite: false) - tick;
        Assert.Equal([55, 48, 62], [Latency(100, 0), Latency(300, 64), Latency(500, OtherRow)]);
    }

    /// <summary>The path from the kernel and back is stated: 7 ticks of the switch, and what the interconnect takes.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void TheKernelSeesTheLatencyThatIsAskedFor(int cycles)
    {
        var timing = HbmTiming.U50.WithIdleCycles(cycles);
        var channel = new HbmChannel(timing, channel: 31, beatBytes: 64);
        var ready = new Queue<long>();
        channel.Read(300, 0, beats: 1, ready);
        Assert.Equal(cycles, timing.IdleCycles);
        Assert.InRange(ready.Single() - 300, cycles - 2, cycles + 2);
    }

    /// <summary>Reads of 32 bytes, 4 KiB apart: every read opens a row of one of four banks, so each bank's row cycle is the limit.</summary>
    [Fact]
    public void AStrideThatOpensARowEachTimeGetsAFractionOfTheRate()
    {
        var rate = HbmReader.Columns(HbmTiming.U50, 40_000, read => read * 4096 % (256 << 20));
        Assert.InRange(rate, 2.4 * 0.9, 2.4 * 1.1);
    }

    /// <summary>The same stride inside 8 KiB: two open rows of the same bank group, so a column comes every other tick.</summary>
    [Fact]
    public void AStrideInsideOpenRowsIsBoundByTheBankGroup()
    {
        var rate = HbmReader.Columns(HbmTiming.U50, 40_000, read => read * 4096 % 8192);
        Assert.InRange(rate, 6.7 * 0.9, 6.7 * 1.1);
    }

    /// <summary>Random reads of 64 bytes open two rows each. AMD's power tool allows at most half of the peak below a page hit rate of 75 %.</summary>
    [Fact]
    public void RandomReadsStayBelowHalfOfThePeak()
    {
        var random = new Random(1);
        var rate = HbmReader.Rate(HbmTiming.U50, 0, bursts: 40_000, beats: 1, _ => random.NextInt64(256 << 14) * 64);
        Assert.InRange(rate, HbmTiming.U50.PeakGBps * 0.2, HbmTiming.U50.PeakGBps * 0.5);
    }

    [Fact]
    public void NoReaderIsFasterThanTheSequentialOne()
    {
        var random = new Random(2);
        foreach (var stride in new[] { 64L, 128, 256, 512, 1024, 2048, 4096, 16384, 65536 })
        {
            var strided = HbmReader.Rate(HbmTiming.U50, 3, bursts: 4000, beats: 1, burst => burst * stride % (256 << 20));
            var jumping = HbmReader.Rate(HbmTiming.U50, 3, bursts: 4000, beats: 16, _ => random.NextInt64(256 << 10) * 1024);
            Assert.InRange(strided, 0.1, HbmTiming.U50.SequentialGBps * 1.001);
            Assert.InRange(jumping, 0.1, HbmTiming.U50.SequentialGBps * 1.001);
        }
    }

    /// <summary>A write between reads turns the bus twice.</summary>
    [Fact]
    public void TurningTheBusCosts()
    {
        long Last(bool writes)
        {
            var controller = new HbmController(HbmTiming.U50, 31);
            var last = 0L;
            for (var i = 0; i < 32; i++)
            {
                last = controller.Column(100 + i, i * 32, isWrite: writes && i % 8 == 4);
            }

            return last;
        }

        var timing = HbmTiming.U50;
        var turns = 4 * (timing.Ticks(timing.ReadToWriteNs) + timing.Ticks(timing.WriteToReadNs) - 2);
        Assert.Equal(turns, Last(writes: true) - Last(writes: false));
    }

    /// <summary>Four activates fill the window of tFAW: the fifth waits, though its bank is idle.</summary>
    [Fact]
    public void AFifthActivateWaitsForTheWindow()
    {
        var controller = new HbmController(HbmTiming.U50, 31);
        long Column(int bank, long group) => controller.Column(100, ((long)bank << 11) | (group << 13), isWrite: false);
        long[] columns = [Column(0, 0), Column(0, 1), Column(1, 0), Column(1, 1), Column(2, 0)];
        var timing = HbmTiming.U50;
        Assert.Equal(timing.Ticks(timing.OtherGroupNs), columns[1] - columns[0]);
        Assert.Equal(timing.Ticks(timing.FourActivatesNs), columns[4] - columns[0]);
    }

    /// <summary>Refreshes of different channels begin at different times, as far apart as the interval allows.</summary>
    [Fact]
    public void RefreshesAreSpreadOverTheChannels()
    {
        var begins = Enumerable.Range(0, Channels).Select(channel =>
        {
            var controller = new HbmController(HbmTiming.U50, channel);
            var (tick, last) = (0L, controller.Column(0, 0, isWrite: false));
            while (true)
            {
                var next = controller.Column(++tick, tick % 2 * 32, isWrite: false);
                if (next - last > 100)
                {
                    return last;
                }

                last = next;
            }
        }).ToList();
        var gaps = begins.Zip(begins.Skip(1), (a, b) => b - a).ToList();
        Assert.All(gaps, gap => Assert.InRange(gap, (HbmTiming.U50.RefreshIntervalTicks / Channels) - 1, (HbmTiming.U50.RefreshIntervalTicks / Channels) + 2));
    }
}
