using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>Samples of one clock, summed up by fours in another.</summary>
public sealed class Meter : Module
{
    public static readonly ClockDomain Core = new("core_clk", "core_rst");
    public static readonly ClockDomain Link = new("link_clk", "link_rst") { AsynchronousReset = true };

    public readonly StreamIn<Signal> Samples = In(UInt(8));
    public readonly StreamOut<Signal> Sums = Out(UInt(10));
    public readonly Signal Enable = Input(Bit);
    public readonly Signal Enabled = Output(Bit);
    public readonly Signal Count = Output(UInt(8));

    protected override void Build() => InDomain(Core, () =>
    {
        Register(out var enable, Bit, reset: 0);
        enable.Drive(Enable);
        var there = Samples.Cross(to: Link, depth: 8);
        var enabled = enable.Synchronise(into: Link);
        var sample = Samples.Fire.SynchronisePulse(into: Link);
        InDomain(Link, () =>
        {
            Enabled.Drive(enabled);
            Sums.Drive(there.Widen(4).Map(four => four.SumLanes()).Isolate());
            Register(out var count, UInt(8), reset: 0);
            When(sample, () => count.Drive(count.WrapAdd(1)));
            Count.Drive(count);
        });
    });
}
