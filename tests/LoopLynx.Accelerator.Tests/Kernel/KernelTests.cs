using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>The kernel from outside: registers, interrupt, buffers; hidden states equal the golden model's.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData("fast")]
    [InlineData("paper")]
    [InlineData("u50")]
    [InlineData("compact")]
    public void Tokens_equal_the_golden_model(string preset)
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset(preset, 1).Validated(), _ => ChannelTiming.Ideal);
        for (var token = 0; token < 3; token++)
        {
            run.Check(token * 11);
        }
    }

    /// <summary>A host takes its time between tokens: all prefetches have ended then, and what the last token left is no end of the next.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_slow_host_gets_the_same_tokens(int cycles)
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        for (var token = 0; token < 3; token++)
        {
            run.Check(token * 11);
            run.Session.Wait(cycles);
        }
    }

    [Theory]
    [InlineData(EngineKind.Interpreted)]
    [InlineData(EngineKind.Verilator)]
    public void Every_engine_runs_it(EngineKind kind)
    {
        using var run = new KernelRun(kind, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        run.Check(5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stalls_change_no_result(int seed)
    {
        var timing = ChannelTiming.Ideal with { StallProbability = 0.3, LatencyJitter = 9 };
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => timing, seed);
        run.Check(5);
        run.Check(6);
    }

    [Fact]
    public void A_read_error_ends_the_token_and_the_next_one_is_right()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        run.Check(1);
        run.Session.Channels[2].Fault = new ChannelFault(ChannelFaultKind.ReadError, run.Session.Channels[2].BeatsRead + 40);
        var report = run.Fail(2);
        Assert.Equal((KernelFault.ReadError, 2), (report.Fault, report.Channel));
        run.Session.Channels[2].Fault = null;
        run.Check(2);
        run.Check(3);
    }

    [Fact]
    public void A_silent_channel_blocks_the_kernel_until_it_has_answered()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        run.Session.Set("watchdog", 500);
        var fault = new ChannelFault(ChannelFaultKind.SilentReads, 25);
        run.Session.Channels[1].Fault = fault;
        var report = run.Fail(2);
        Assert.Equal((KernelFault.SilentChannel, 1), (report.Fault, report.Channel));
        Assert.Equal((KernelFault.SilentChannel, 1), (run.Fail(2).Fault, report.Channel));
        fault.IsOver = true;
        run.Session.Wait(2000);
        run.Check(2);
    }

    [Fact]
    public void An_abort_ends_the_token_and_the_next_one_is_right()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        run.Session.EachCycle = cycles =>
        {
            if (cycles == 300)
            {
                run.Session.EachCycle = null;
                run.Session.Write(KernelRegisters.Abort, 1);
            }
        };
        Assert.Equal(KernelFault.Aborted, run.Fail(2).Fault);
        run.Check(2);
    }

    [Theory]
    [InlineData("position", 8)]
    [InlineData("count", 2)]
    [InlineData("nodes", 2)]
    [InlineData("node", 1)]
    public void An_argument_that_the_kernel_was_not_built_for_is_refused(string argument, int value)
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        if (argument != "position")
        {
            run.Session.Set(argument, (uint)value);
            Assert.Equal(KernelFault.BadArgument, run.Fail(2).Fault);
        }
        else
        {
            Assert.Equal(KernelFault.BadArgument, run.Session.RunToken(new int[32], value, new int[32], TestContext.Current.CancellationToken).Fault);
        }
    }

    [Fact]
    public void Words_without_a_register_read_0_and_answer_okay()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("fast", 1).Validated(), _ => ChannelTiming.Ideal);
        run.Session.Write(0x7fc, 5);
        Assert.Equal(0u, run.Session.Read(0x7fc));
        Assert.Equal((uint)KernelRegisters.PresentVersion, run.Session.Read(KernelRegisters.Version));
    }
}
