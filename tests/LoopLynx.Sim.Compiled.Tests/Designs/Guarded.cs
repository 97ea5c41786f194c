using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests.Designs;

/// <summary>A counter that must stay below a limit.</summary>
public sealed class Guarded(int limit) : Module
{
    public readonly Signal Enable = Input(Bit);
    public readonly Signal Count = Output(UInt(8));

    protected override void Build()
    {
        Register(out var count, UInt(8), 0);
        When(Enable, () => count.Drive(count.WrapAdd(1)));
        Let(out var twice, count + count);
        Assert(count < limit, "the counter stays below its limit");
        Cover(twice == 4, "the counter reaches two");
        Count.Drive(count);
    }
}
