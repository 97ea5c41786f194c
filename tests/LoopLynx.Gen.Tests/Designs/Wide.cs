using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>200 bits by 100 lanes through one of every lane operation.</summary>
internal sealed class Wide : Module
{
    public readonly Signal A = Input(SInt(200).Lanes(100));
    public readonly Signal B = Input(SInt(150));
    public readonly Signal Amount = Input(UInt(64));
    public readonly Signal Index = Input(UInt(9));
    public readonly Signal Sum = Output(SInt(207));
    public readonly Signal Largest = Output(SInt(200).Lanes(20));
    public readonly Signal Selected = Output(SInt(200).Lanes(3));
    public readonly Signal Shifted = Output(SInt(200).Lanes(100));

    protected override void Build()
    {
        var mixed = Mux(A < B, A ^ B, A.RotateLanes(7));
        Sum.Drive(mixed.SumLanes());
        Largest.Drive(A.LaneMap(Enumerable.Range(0, 100).Reverse()).MaxLanes(5));
        Selected.Drive(A.LaneSlice(1, 99).SelectLanes(Index, 3));
        Shifted.Drive(A.ShiftRight(Amount));
    }
}
