using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0212;

public sealed class TwoKinds : Module
{
    public readonly Signal A = Input(Bit);
    public readonly Signal Y = Output(Bit);

    protected override void Build()
    {
        var first = A.RegisteredReset(0, name: "first");
        InDomain(new ClockDomain("clk", "rst") { AsynchronousReset = true }, () => Y.Drive(first.RegisteredReset(0, name: "second")));
    }
}
