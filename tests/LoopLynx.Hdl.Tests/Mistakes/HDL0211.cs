using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0211;

public sealed class OneRegister : Module
{
    public readonly Signal A = Input(Bit);
    public readonly Signal Y = Output(Bit);

    protected override void Build() => Y.Drive(A.Synchronise(into: ClockDomain.Default, stages: 1));
}

public sealed class OddDepth : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Signal> Y = Out(UInt(8));

    protected override void Build() => Y.Drive(Words.Cross(to: new ClockDomain("mem_clk", "mem_rst"), depth: 12));
}
