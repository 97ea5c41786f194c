using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Instances of one definition, an output that nobody reads, an input that nobody reads, a second clock in a child.</summary>
internal sealed class Hierarchy : Module
{
    public readonly Signal X = Input(SInt(8).Lanes(4));
    public readonly Signal Unread = Input(UInt(5));
    public readonly Signal Y = Output(SInt(24));
    public readonly Signal Slow = Output(UInt(4));

    protected override void Build()
    {
        var macs = Instances(2, _ => new Mac(4), "mac");
        foreach (var mac in macs)
        {
            mac.Valid.Drive(X.Lane(0) > 0);
            mac.Last.Drive(0);
            mac.Weights.Drive(X);
            mac.Activations.Drive(X.RotateLanes(1));
        }

        Instance(out var counter, new SlowCounter());
        Y.Drive((macs[0].Sum - macs[1].Sum.ShiftRight(counter.Count)).Truncate(24));
        Slow.Drive(counter.Count);
    }
}

/// <summary>Counts in a domain of its own.</summary>
internal sealed class SlowCounter : Module
{
    public readonly Signal Count = Output(UInt(4));

    protected override void Build() => InDomain(new ClockDomain("slow_clk", "slow_rst"), () =>
    {
        Register(out var count, UInt(4), 9);
        count.Drive(count.WrapAdd(1));
        Count.Drive(count);
    });
}
