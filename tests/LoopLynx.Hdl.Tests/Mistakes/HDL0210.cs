using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0210;

public sealed class BitByBit : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Register(out var level, UInt(8), reset: 0);
        level.Drive(A);
        Y.Drive(level.Synchronise(into: new ClockDomain("mem_clk", "mem_rst")));
    }
}
