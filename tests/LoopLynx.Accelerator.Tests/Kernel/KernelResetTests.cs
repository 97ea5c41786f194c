using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>The platform's reset in mid-token: kernels, memory and links begin anew, and the next token is the golden model's.</summary>
/// <remarks>LOOPLYNX_FAULT_SEEDS sets how many seeds.</remarks>
public sealed class KernelResetTests
{
    [Theory]
    [InlineData("fast", 1)]
    [InlineData("paper", 1)]
    [InlineData("u50", 2)]
    public void A_reset_at_any_time_is_survived(string preset, int nodes)
    {
        var timing = ChannelTiming.Ideal with { StallProbability = 0.1, LatencyJitter = 5 };
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset(preset, nodes).Validated(), _ => timing);
        var cycles = run.Check(1).Cycles;
        for (var seed = 0; seed < KernelFaultTests.Seeds; seed++)
        {
            Interrupt(run, new Random(seed).NextInt64(cycles - 100));
            Assert.Empty(run.Session.Reset());
            run.Repeat(5);
        }
    }

    /// <summary>Where one of two cards is reset, the nodes of the other wait until their ring is silent, and then end.</summary>
    [Fact]
    public void A_reset_of_one_card_ends_the_other_cards_token()
    {
        var configuration = CardRing.OnCards(Machines.Preset("fast", 4), linkCycles: 40).Validated();
        using var run = new KernelRun(EngineKind.Compiled, configuration, _ => ChannelTiming.Ideal);
        run.Session.Set("ringWatchdog", KernelRingFaultTests.Watchdog);
        var cycles = run.Check(1).Cycles;
        var ended = 0;
        for (var seed = 0; seed < KernelFaultTests.Seeds; seed++)
        {
            var random = new Random(seed);
            Interrupt(run, random.NextInt64(cycles / 2, cycles - 100));
            var others = run.Session.Reset(card: seed % 2);
            Assert.Equal([.. Enumerable.Range(0, 2).Select(i => (2 - (2 * (seed % 2))) + i)], others.Select(r => r.Node));
            ended += others.Count(r => r.Fault is KernelFault.RingSilent or KernelFault.RingEnded);

            // At the end of a token nobody may need the other card any more.
            Assert.All(others, r => Assert.True(r.Fault is KernelFault.RingSilent or KernelFault.RingEnded or KernelFault.None, $"node {r.Node}: {r.Fault}"));
            run.Session.Set("ringWatchdog", KernelRingFaultTests.Watchdog);
            run.Repeat(5);
        }

        Assert.InRange(ended, KernelFaultTests.Seeds, 2 * KernelFaultTests.Seeds);
    }

    /// <summary>What an engine holds in registers without a reset outlives it, as on the card.</summary>
    [Theory]
    [InlineData(EngineKind.Interpreted)]
    [InlineData(EngineKind.Verilator)]
    public void Every_engine_survives_it(EngineKind kind)
    {
        using var run = new KernelRun(kind, Machines.Preset("u50", 1).Validated(), _ => ChannelTiming.Ideal);
        var cycles = run.Check(1).Cycles;
        Interrupt(run, cycles / 2);
        Assert.Empty(run.Session.Reset());
        run.Repeat(5);
    }

    /// <summary>The host's program is gone, or the card is: nobody waits for the token any more.</summary>
    private static void Interrupt(KernelRun run, long at)
    {
        using var source = new CancellationTokenSource();
        run.Session.EachCycle = cycle =>
        {
            if (cycle >= at)
            {
                source.Cancel();
            }
        };
        Assert.Throws<OperationCanceledException>(() => run.Begin(3, source.Token));
        run.Session.EachCycle = null;
    }
}
