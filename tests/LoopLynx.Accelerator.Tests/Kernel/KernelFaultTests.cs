using System.Globalization;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>One fault at a random place of a token: the status names it, the kernel ends in time, and the next token is the golden model's.</summary>
/// <remarks>The memory ports have protocol checkers: what the kernel does while it drains is by the bus's rules. LOOPLYNX_FAULT_SEEDS sets how many seeds.</remarks>
public sealed class KernelFaultTests
{
    internal const int Watchdog = 1500;

    internal static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("LOOPLYNX_FAULT_SEEDS"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 12;

    [Theory]
    [InlineData("fast")]
    [InlineData("paper")]
    [InlineData("u50")]
    public void A_fault_of_a_channel_is_named_and_survived(string preset)
    {
        var timing = ChannelTiming.Ideal with { StallProbability = 0.1, LatencyJitter = 5 };
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset(preset, 1).Validated(), _ => timing);
        run.Session.Set("watchdog", Watchdog);
        run.Check(1);
        foreach (var kind in Enum.GetValues<ChannelFaultKind>())
        {
            var happened = Enumerable.Range(0, Seeds).Count(seed => Disturb(run, kind, new Random(seed)));

            // Faults are planted within a token's traffic; a channel that the token doesn't write has none of its writes.
            Assert.InRange(happened, Seeds / 4, Seeds);
        }
    }

    [Fact]
    public void An_abort_at_any_time_is_survived()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        var cycles = run.Check(1).Cycles;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var at = new Random(seed).NextInt64(cycles - 100);
            run.Session.EachCycle = cycle =>
            {
                if (cycle >= at)
                {
                    run.Session.EachCycle = null;
                    run.Session.Write(KernelRegisters.Abort, 1);
                }
            };
            Assert.Equal(KernelFault.Aborted, run.Fail(3).Fault);
            Again(run);
        }
    }

    internal static bool Disturb(KernelRun run, ChannelFaultKind kind, Random random)
    {
        var writes = kind is ChannelFaultKind.WriteError or ChannelFaultKind.SilentWrites;
        var channels = run.Session.Channels;
        var at = random.Next(channels.Count);
        var (before, after) = (Count(channels[at], writes), Traffic(run, channels[at], writes));
        var fault = new ChannelFault(kind, after + random.Next((int)Math.Max(1, after - before)));
        channels[at].Fault = fault;
        var report = run.Fail(3);
        if (!fault.HasHappened)
        {
            channels[at].Fault = null;
            Assert.Equal(KernelFault.None, report.Fault);
            return false;
        }

        Assert.Equal((Expected(kind), at), (report.Fault, report.Channel));
        Assert.InRange(report.Cycles - report.TokenCycles, 0, Watchdog + 500);
        if (kind is ChannelFaultKind.SilentReads or ChannelFaultKind.SilentWrites)
        {
            Assert.Equal(Expected(kind), run.Fail(3).Fault);
        }

        fault.IsOver = true;
        run.Session.Wait(Watchdog);
        channels[at].Fault = null;
        Again(run);
        return true;
    }

    private static KernelFault Expected(ChannelFaultKind kind) => kind switch
    {
        ChannelFaultKind.ReadError => KernelFault.ReadError,
        ChannelFaultKind.WriteError => KernelFault.WriteError,
        _ => KernelFault.SilentChannel,
    };

    private static long Count(MemoryChannel channel, bool writes) => writes ? channel.BeatsWritten : channel.BeatsRead;

    // What a token moves on the channel: measured on one that isn't disturbed.
    private static long Traffic(KernelRun run, MemoryChannel channel, bool writes)
    {
        run.Repeat(2);
        return Count(channel, writes);
    }

    private static void Again(KernelRun run) => run.Repeat(5);
}
