using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>
/// One fault of a link at a random flit of a token: the status of the node behind it names it, all nodes end in time, and the next token is the golden model's.
/// </summary>
/// <remarks>LOOPLYNX_FAULT_SEEDS sets how many seeds.</remarks>
public sealed class KernelRingFaultTests
{
    internal const int Watchdog = 3000;

    private const int HostPatience = 60_000;

    [Theory]
    [InlineData("u50", 2)]
    [InlineData("fast", 4)]
    public void A_fault_of_a_link_is_named_and_survived(string preset, int nodes)
    {
        using var run = Run(preset, nodes);
        var flits = FlitsOfAToken(run);
        foreach (var kind in Enum.GetValues<LinkFaultKind>())
        {
            var happened = Enumerable.Range(0, KernelFaultTests.Seeds).Count(seed => Disturb(run, kind, new Random(seed), flits));
            Assert.InRange(happened, KernelFaultTests.Seeds / 2, KernelFaultTests.Seeds);
        }
    }

    /// <summary>A memory fault of one node ends the token on all; the others say that it was another's.</summary>
    [Fact]
    public void A_fault_of_a_node_ends_all()
    {
        using var run = Run("u50", 2);
        for (var seed = 0; seed < KernelFaultTests.Seeds; seed++)
        {
            EndOneNode(run, seed);
        }

        TakenBack(run);
    }

    internal static void EndOneNode(KernelRun run, int seed)
    {
        var node = seed % 2;
        var channel = run.Session.Units[node].Channels[1];
        channel.Fault = new ChannelFault(ChannelFaultKind.ReadError, channel.BeatsRead + new Random(seed).Next(60));
        var report = run.Fail(3);
        Assert.Equal((node, KernelFault.ReadError, 1), (report.Node, report.Fault, report.Channel));
        Assert.Equal(KernelFault.RingEnded, run.Session.Reports[1 - node].Fault);
        Assert.InRange(run.Session.Reports.Max(r => r.Cycles), 0, 30_000);
        run.Repeat(5);
    }

    internal static long FlitsOfAToken(KernelRun run)
    {
        var (before, _) = (run.Session.Links[0].Flits, run.Repeat(2));
        return run.Session.Links[0].Flits - before;
    }

    /// <summary>The host of one node ends the token, or gives an argument that no kernel takes, before the others have begun.</summary>
    private static void TakenBack(KernelRun run)
    {
        run.Session.Units[1].Set("count", 2);
        var report = run.Fail(3);
        Assert.Equal((1, KernelFault.BadArgument), (report.Node, report.Fault));
        Assert.Equal(KernelFault.RingEnded, run.Session.Reports[0].Fault);
        run.Session.Units[1].Set("count", 1);
        run.Repeat(4);
    }

    private static KernelRun Run(string preset, int nodes)
    {
        var run = new KernelRun(EngineKind.Compiled, Machines.Preset(preset, nodes).Validated(), _ => ChannelTiming.Ideal);
        run.Session.Set("ringWatchdog", Watchdog);
        run.Check(1);
        return run;
    }

    internal static bool Disturb(KernelRun run, LinkFaultKind kind, Random random, long flits)
    {
        var at = random.Next(run.Session.Links.Count);
        var link = run.Session.Links[at];
        var detail = kind == LinkFaultKind.Late ? random.Next(1, 40) : random.Next(256);
        var fault = new LinkFault(kind, link.Flits + random.NextInt64(flits), detail);
        link.Fault = fault;
        var isFirst = fault.Flit == link.Flits;
        run.Session.EachCycle = cycle => Abort(run, cycle);
        var report = run.Fail(3);
        run.Session.EachCycle = null;
        link.Fault = null;
        if (!fault.HasHappened || report.Fault == KernelFault.None)
        {
            // The last flits of a token say what everybody knows already.
            Assert.Equal(KernelFault.None, report.Fault);
            return false;
        }

        var receiver = (at + 1) % run.Session.Links.Count;
        KernelFault[] expected = isFirst ? [.. Expected(kind), KernelFault.Aborted] : Expected(kind);
        Assert.Contains(run.Session.Reports[receiver].Fault, expected);
        Assert.InRange(run.Session.Reports.Max(r => r.Cycles), 0, isFirst ? HostPatience + 30_000 : 30_000 + Watchdog);
        run.Session.Wait(100);
        run.Repeat(5);
        return true;
    }

    /// <summary>Until the first flit has come nobody knows whether the others' hosts have started: a host that has waited long enough ends it.</summary>
    private static void Abort(KernelRun run, long cycle)
    {
        if (cycle < HostPatience)
        {
            return;
        }

        run.Session.EachCycle = null;
        foreach (var unit in run.Session.Units)
        {
            unit.Write(KernelRegisters.Abort, 1);
        }
    }

    private static KernelFault[] Expected(LinkFaultKind kind) => kind switch
    {
        LinkFaultKind.Alter => [KernelFault.RingAltered],
        LinkFaultKind.Silent => [KernelFault.RingSilent, KernelFault.RingEnded],

        // Behind the last flit that anybody waits for there is none whose number would be wrong.
        LinkFaultKind.Drop or LinkFaultKind.Late => [KernelFault.RingSequence, KernelFault.RingSilent, KernelFault.RingEnded],
        _ => [KernelFault.RingSequence],
    };
}
