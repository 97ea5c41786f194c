using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Three clocks whose resets are of every kind, and every part for crossings.</summary>
internal sealed class Clocks : Module
{
    public static readonly ClockDomain Low = new("low_clk", "low_rst_n") { ActiveLowReset = true };
    public static readonly ClockDomain Memory = new("mem_clk", "mem_rst") { AsynchronousReset = true };
    public static readonly ClockDomain Link = new("link_clk", "link_rst_n") { AsynchronousReset = true, ActiveLowReset = true };

    public readonly StreamIn<Signal> Words = In(UInt(6));
    public readonly StreamOut<Signal> There = Out(UInt(6));
    public readonly StreamOut<Signal> Further = Out(UInt(6));
    public readonly Signal Flag = Input(Bit);
    public readonly Signal Counts = Output(UInt(8) * 2);
    public readonly Signal Seen = Output(Bit);
    public readonly Signal Reset = Output(Bit);

    protected override void Build()
    {
        var forked = Words.Fork(2);
        There.Drive(forked[0].Cross(Memory, depth: 4));
        Further.Drive(forked[1].CrossByHandshake(Link));
        Seen.Drive(Flag.Synchronise(Link, reset: true, name: "seen").Named("seen_there"));
        Reset.Drive(Instance(new ResetSynchroniser(Link), "reset_link").Reset);
        InDomain(Low, () =>
        {
            Register(out var counts, UInt(8) * 2, reset: 77);
            counts.Drive(counts.WrapAdd(Const(UInt(8) * 2, 1, 3)));
            Counts.Drive(counts);
            Hardware.Assert(counts.Lane(0) != counts.Lane(1) + 1, "they never are next to each other");
        });
    }
}
