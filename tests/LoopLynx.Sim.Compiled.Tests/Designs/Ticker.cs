using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests.Designs;

/// <summary>A counter: quick to compile.</summary>
public sealed class Ticker(int by) : Module
{
    public readonly Signal Count = Output(UInt(16));

    protected override void Build()
    {
        Register(out var count, UInt(16), 0);
        count.Drive(count.WrapAdd(by));
        Count.Drive(count);
    }
}
