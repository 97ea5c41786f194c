using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0401;

public sealed class Inverter : Module
{
    public readonly Signal A = Input(UInt(8));
    public readonly Signal Y = Output(UInt(8));

    public static void Provoke()
    {
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new Inverter()));
        engine.Poke("B", 1);
    }

    protected override void Build() => Y.Drive(~A);
}
