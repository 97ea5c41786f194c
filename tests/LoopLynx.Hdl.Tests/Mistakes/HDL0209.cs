using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0209;

public sealed class LogicBefore : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Full = Output(Bit);

    protected override void Build()
    {
        Register(out var level, UInt(8), reset: 0);
        level.Drive(A);
        Full.Drive((level == 255).Synchronise(into: new ClockDomain("mem_clk", "mem_rst")));
    }
}
