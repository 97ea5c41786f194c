using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Verilator.Tests;

/// <summary>A counter that may not get to 20, and its value seen from a second clock.</summary>
public sealed class ClockDesign : Module
{
    public static readonly ClockDomain Slow = new("slow", "slow_rst");

    public readonly Signal Fast = Output(UInt(8));
    public readonly Signal Late = Output(UInt(8));

    protected override void Build()
    {
        Register(out var fast, UInt(8), 7);
        fast.Drive(fast.WrapAdd(1));
        Fast.Drive(fast);
        Hardware.Assert(fast != 20, "fast never gets to 20");
        InDomain(Slow, () =>
        {
            Register(out var late, UInt(8), 0);
            late.Drive(fast);
            Late.Drive(late);
        });
    }
}
