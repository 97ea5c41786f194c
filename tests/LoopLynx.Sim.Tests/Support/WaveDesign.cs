using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Support;

/// <summary>A design with something of each that a wave file shows: an instance, lanes, a wide value, a value that stays.</summary>
public sealed class WaveDesign : Module
{
    public readonly Signal Step = Input(SInt(5) * 3);
    public readonly Signal Wide = Output(UInt(100));
    public readonly Signal Packed = Output(UInt(2) * 70);

    protected override void Build()
    {
        Instance(out var child, new Summer());
        child.Step.Drive(Step);
        Register(out var wide, UInt(100), 0);
        wide.Drive(wide.WrapAdd(child.Total.Lane(0).AsUnsigned()));
        Wide.Drive(wide);
        Packed.Drive(child.Total.Lane(1).Slice(0, 2).Broadcast(70));
    }

    private sealed class Summer : Module
    {
        public readonly Signal Step = Input(SInt(5) * 3);
        public readonly Signal Total = Output(SInt(8) * 3);

        protected override void Build()
        {
            Register(out var sum, SInt(8) * 3, 0);
            sum.Drive((sum + Step).Truncate(8));
            Let(out var positive, (sum > 0).AllLanes());
            Register(out var unused_flag, Bit, 0);
            unused_flag.Drive(positive);
            Total.Drive(sum);
        }
    }
}
