using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0208;

public sealed class TwoReaders : Module
{
    public readonly Signal Button = Input(Bit);
    public readonly Signal Here = Output(Bit);
    public readonly Signal There = Output(Bit);

    protected override void Build()
    {
        Here.Drive(Button.Registered(name: "here"));
        InDomain(new ClockDomain("mem_clk", "mem_rst"), () => There.Drive(Button.Registered(name: "there")));
    }
}
