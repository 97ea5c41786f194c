using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0105;

public sealed class TwoPorts : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Again = Input(UInt(8), "A");
    public readonly Signal Y = Output(UInt(8));

    protected override void Build() => Y.Drive(A);
}

public sealed class ClockName : Module
{
    public readonly Signal mem_clk = Input(Bit);
    public readonly Signal Y = Output(Bit);

    protected override void Build() =>
        InDomain(new ClockDomain("mem_clk", "mem_rst"), () => Y.Drive(mem_clk.Registered()));
}
