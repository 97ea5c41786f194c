using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>The kernel's self-test: it reads every channel, sees each wrong byte, ends on faults, and the token after it is the golden model's.</summary>
public sealed class SelfTestTests
{
    private const int Bursts = 6;
    private const int Beats = Bursts * MemorySizes.MaxBurstBeats;

    [Theory]
    [InlineData(EngineKind.Interpreted, "fast", 1)]
    [InlineData(EngineKind.Compiled, "paper", 1)]
    [InlineData(EngineKind.Compiled, "u50", 2)]
    [InlineData(EngineKind.Verilator, "u50", 1)]
    public void It_reads_all_channels_and_tokens_are_right_before_and_after(EngineKind kind, string preset, int nodes)
    {
        using var run = Run(kind, preset, nodes);
        run.Check(1);
        var (tests, ring) = run.Session.SelfTest(Bursts, TestContext.Current.CancellationToken);
        Assert.Equal(nodes > 1, ring > run.Session.Links.Sum(l => l.Cycles));
        Assert.Equal(run.Session.Units.Sum(u => u.Channels.Count - 1), tests.Count);
        Assert.All(tests, t => Assert.Equal((Beats, 0L), (t.Beats, t.Errors)));
        run.Check(2);
        Assert.All(run.Session.SelfTest(1, TestContext.Current.CancellationToken).Channels, t => Assert.Equal((16L, 0L), (t.Beats, t.Errors)));
        run.Check(3);
    }

    /// <summary>Channels deliver a beat a cycle: what remains is the way there and the report's start.</summary>
    [Fact]
    public void It_reads_as_fast_as_the_channel_answers()
    {
        using var run = Run(EngineKind.Compiled, "fast", 1);
        var lanes = run.Session.SelfTest(2, TestContext.Current.CancellationToken).Channels[0];
        var more = run.Session.SelfTest(Bursts, TestContext.Current.CancellationToken).Channels[0];
        double Cycles(ChannelTest t) => t.Beats / t.BytesPerCycle;
        Assert.Equal(more.Beats - lanes.Beats, (Cycles(more) - Cycles(lanes)) * Machines.Preset("fast", 1).Validated().Lanes, tolerance: 1);
    }

    [Fact]
    public void It_keeps_the_hosts_pace()
    {
        using var run = Run(EngineKind.Compiled, "u50", 1);
        run.Session.Set("pace", (1 << ReadPacer.FractionBits) / 4);
        double Cycles(int bursts)
        {
            run.Session.Wait(1000);
            var test = run.Session.SelfTest(bursts, TestContext.Current.CancellationToken).Channels[0];
            return test.Beats * Machines.Preset("u50", 1).Validated().Lanes / test.BytesPerCycle;
        }

        // The bucket's savings leave at once; behind them a burst of 16 beats goes every 64 cycles.
        Assert.Equal(20 * 64, Cycles(30) - Cycles(10), tolerance: 64);
        run.Check(1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 17)]
    [InlineData(1, Beats - 1)]
    public void A_wrong_byte_is_one_error_of_its_channel(int channel, int beat)
    {
        using var run = Run(EngineKind.Compiled, "u50", 1);
        var lanes = Machines.Preset("u50", 1).Validated().Lanes;
        run.Session.EachCycle = _ =>
        {
            run.Session.EachCycle = null;
            run.Memory[channel][(beat * lanes) + (beat % lanes)] ^= 0x10;
        };
        var tests = run.Session.SelfTest(Bursts, TestContext.Current.CancellationToken).Channels;
        Assert.All(tests, t => Assert.Equal(t.Channel == channel ? 1 : 0, t.Errors));
        run.Check(1);
    }

    [Fact]
    public void A_read_error_ends_it_and_the_next_token_is_right()
    {
        using var run = Run(EngineKind.Compiled, "fast", 2);
        run.Session.Channels[1].Fault = new ChannelFault(ChannelFaultKind.ReadError, run.Session.Channels[1].BeatsRead + 20);
        var e = Assert.Throws<SimulationException>(() => run.Session.SelfTest(Bursts, TestContext.Current.CancellationToken));
        Assert.Equal($"node 0 has ended the self-test: {KernelFaultText.Of(KernelFault.ReadError)} (channel 1)", e.Message);
        run.Session.Channels[1].Fault = null;
        run.Check(1);
    }

    [Fact]
    public void Flags_without_a_meaning_are_refused()
    {
        using var run = Run(EngineKind.Compiled, "fast", 1);
        run.Session.Set("flags", 2);
        Assert.Equal(KernelFault.BadArgument, run.Fail(1).Fault);
        run.Session.Set("flags", 0);
        run.Check(1);
    }

    private static KernelRun Run(EngineKind kind, string preset, int nodes) => new(kind, Machines.Preset(preset, nodes).Validated(), _ => ChannelTiming.Ideal);
}
