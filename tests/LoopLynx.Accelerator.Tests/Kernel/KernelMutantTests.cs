using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>The tests of faults see a detector that is broken: with a register of it that never changes, one of them fails.</summary>
public sealed class KernelMutantTests
{
    private const int Seeds = 8;

    [Theory]
    [InlineData("ChannelGuard", "readFailed", ChannelFaultKind.ReadError)]
    [InlineData("ChannelGuard", "came", ChannelFaultKind.ReadError)]
    [InlineData("ChannelGuard", "seen", ChannelFaultKind.ReadError)]
    [InlineData("ChannelGuard", "seenKind", ChannelFaultKind.ReadError)]
    [InlineData("ChannelGuard", "fault", ChannelFaultKind.ReadError)]
    [InlineData("ChannelGuard", "restarts", ChannelFaultKind.ReadError)]
    [InlineData("ChannelGuard", "quiet", ChannelFaultKind.SilentReads)]
    [InlineData("ChannelGuard", "writeFailed", ChannelFaultKind.WriteError)]
    [InlineData("ChannelGuard", "begun", ChannelFaultKind.WriteError)]
    [InlineData("ChannelGuard", "waits", ChannelFaultKind.SilentReads)]
    [InlineData("ChannelGuard", "waited", ChannelFaultKind.SilentReads)]
    [InlineData("ChannelGuard", "silent", ChannelFaultKind.SilentReads)]
    [InlineData("KernelSequencer", "faults", ChannelFaultKind.ReadError)]
    [InlineData("KernelSequencer", "known", ChannelFaultKind.ReadError)]
    [InlineData("KernelSequencer", "faultChannel", ChannelFaultKind.ReadError)]
    [InlineData("KernelSequencer", "expired", ChannelFaultKind.SilentReads)]
    [InlineData("KernelSequencer", "blocked", ChannelFaultKind.SilentReads)]
    [InlineData("KernelSequencer", "clears", ChannelFaultKind.ReadError)]
    public void A_broken_detector_of_a_channel_is_seen(string module, string register, ChannelFaultKind kind) => IsSeen(module, register, 1, run =>
    {
        run.Session.Set("watchdog", KernelFaultTests.Watchdog);
        run.Check(1);
        var happened = Enumerable.Range(0, Seeds).Count(seed => KernelFaultTests.Disturb(run, kind, new Random(seed)));
        Assert.InRange(happened, 1, Seeds);
    });

    [Theory]
    [InlineData("RingReceiver", "altered", LinkFaultKind.Alter)]
    [InlineData("RingReceiver", "wrong", LinkFaultKind.Double)]
    [InlineData("RingReceiver", "isWrong", LinkFaultKind.Double)]
    [InlineData("RingReceiver", "silent", LinkFaultKind.Silent)]
    [InlineData("RingReceiver", "idle", LinkFaultKind.Silent)]
    [InlineData("RingReceiver", "isEnded", null)]
    [InlineData("RingReceiver", "ended", null)]
    [InlineData("RingSender", "ending", null)]
    [InlineData("KernelSequencer", "ringEnds", null)]
    public void A_broken_detector_of_the_ring_is_seen(string module, string register, LinkFaultKind? kind) => IsSeen(module, register, 2, run =>
    {
        run.Session.Set("ringWatchdog", KernelRingFaultTests.Watchdog);
        run.Check(1);
        if (kind is { } fault)
        {
            var flits = KernelRingFaultTests.FlitsOfAToken(run);
            Assert.InRange(Enumerable.Range(0, Seeds).Count(seed => KernelRingFaultTests.Disturb(run, fault, new Random(seed), flits)), 1, Seeds);
            return;
        }

        for (var seed = 0; seed < Seeds; seed++)
        {
            KernelRingFaultTests.EndOneNode(run, seed);
        }
    });

    /// <summary>The test of a fault fails for the kernel whose register keeps its value of the reset; the right kernel's tests are the same.</summary>
    private static void IsSeen(string module, string register, int nodes, Action<KernelRun> test)
    {
        var configuration = Machines.Preset("fast", nodes).Validated();
        using var broken = new KernelRun(EngineKind.Compiled, configuration, _ => ChannelTiming.Ideal, change: design => Freeze(design, module, register));
        Assert.ThrowsAny<Exception>(() => test(broken));
    }

    private static void Freeze(Design design, string module, string register)
    {
        var frozen = design.Definitions.Where(d => d.ModuleType == module).SelectMany(d => d.Registers).Where(r => r.Name == register).ToArray();
        Assert.NotEmpty(frozen);
        foreach (var node in frozen)
        {
            node.Next = node;
        }
    }
}
