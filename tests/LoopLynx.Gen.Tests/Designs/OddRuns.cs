using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Runs of lanes by index whose bits are no power of two: index as wide as it must be, wider, narrower, signed lanes, a slice of lanes.</summary>
public sealed class OddRuns(int runs = 5, int width = 7, int lanes = 4) : Module
{
    public readonly Signal Values = Input(SInt(width).Lanes(runs * lanes));
    public readonly Signal At = Input(UInt(Sizes.AddressBits(runs)));
    public readonly Signal Far = Input(UInt(Sizes.AddressBits(runs) + 3));
    public readonly Signal Near = Input(Bit);
    public readonly Signal Chosen = Output(SInt(width).Lanes(lanes));
    public readonly Signal ChosenFar = Output(SInt(width).Lanes(lanes));
    public readonly Signal ChosenNear = Output(SInt(width).Lanes(lanes));
    public readonly Signal ChosenBehind = Output(SInt(width).Lanes(lanes));

    protected override void Build()
    {
        Chosen.Drive(Values.SelectLanes(At, lanes));
        ChosenFar.Drive(Values.SelectLanes(Far, lanes));
        ChosenNear.Drive(Values.SelectLanes(Near, lanes));
        ChosenBehind.Drive(Values.LaneSlice(lanes, (runs - 1) * lanes).SelectLanes(At, lanes).Registered());
    }
}
