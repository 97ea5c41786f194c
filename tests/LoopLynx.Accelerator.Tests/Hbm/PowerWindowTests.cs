using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Hbm;

/// <summary>The limit of a card's memory: not enforced, but found.</summary>
public sealed class PowerWindowTests
{
    private const int Window = 30_000;

    /// <summary>202 GB/s are within a hundredth of 201, whatever comes in bursts below the window.</summary>
    [Fact]
    public void ABurstThatIsShorterThanTheWindowIsAllowed()
    {
        var (cycle, bytes) = (0L, 0L);
        var window = new PowerWindow("card 0", HbmTiming.U50, () => bytes);
        for (; cycle < 4 * Window; cycle++)
        {
            // Twice the rate half of the time.
            bytes += cycle / 1500 % 2 == 0 ? 1340 : 0;
            window.Step();
        }

        Assert.InRange(window.PeakGBps, 200.9, 201.1);
    }

    [Fact]
    public void AWindowAboveTheLimitEndsTheRun()
    {
        var (cycle, bytes) = (0L, 0L);
        var window = new PowerWindow("card 1", HbmTiming.U50, () => bytes);
        var error = Assert.Throws<LoopLynx.Sim.SimulationException>(() =>
        {
            for (; cycle < 2 * Window; cycle++)
            {
                bytes += 680;
                window.Step();
            }
        });
        Assert.StartsWith("card 1 has moved 20", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("its memory's rail gives 201: pace the reads", error.Message, StringComparison.Ordinal);
        Assert.InRange(cycle, Window - 600, Window);
    }

    [Theory]
    [InlineData(300, 450)]
    [InlineData(285, 450)]
    [InlineData(300, 400)]
    public void ClocksAreCrossedExactly(int from, int to)
    {
        var clocks = new ClockRatio(from, to);
        Assert.Equal([0, to, to * 1_000_000L], [clocks.Forward(0), clocks.Forward(from), clocks.Forward(from * 1_000_000L)]);
        for (var cycle = 0; cycle < 1000; cycle++)
        {
            Assert.InRange((clocks.Forward(cycle) * from) - ((long)cycle * to), 0, from - 1);
            Assert.InRange((clocks.Back(cycle) * to) - ((long)cycle * from), 0, to - 1);
        }
    }
}
