using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Registered products.</summary>
internal sealed class MacArray(int lanes) : Module
{
    public readonly Signal A = Input(SInt(8).Lanes(lanes));
    public readonly Signal B = Input(SInt(8).Lanes(lanes));
    public readonly Signal P = Output(SInt(16).Lanes(lanes));

    protected override void Build() => P.Drive((A.Registered(name: "a") * B.Registered(name: "b")).Registered(name: "products"));
}
