using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0207;

public sealed class Crossing : Module
{
    public readonly Signal Seconds = Output(UInt(8));
    public readonly Signal Late = Output(UInt(8));

    protected override void Build()
    {
        Register(out var seconds, UInt(8), reset: 0);
        seconds.Drive(seconds.WrapAdd(1));
        Seconds.Drive(seconds);
        InDomain(new ClockDomain("mem_clk", "mem_rst"), () =>
        {
            Register(out var late, UInt(8), reset: 0);
            late.Drive(seconds);
            Late.Drive(late);
        });
    }
}
