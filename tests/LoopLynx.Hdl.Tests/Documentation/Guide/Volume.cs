namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>A volume from 0 to <c>max</c> with two buttons.</summary>
public sealed class Volume(int max) : Module
{
    public readonly Signal Up = Input(Bit);
    public readonly Signal Down = Input(Bit);
    public readonly Signal Level = Output(UInt(Sizes.BitsFor(max)));

    protected override void Build()
    {
        Register(out var level, Level.Type, reset: 0);
        When(Up & !Down & level != max, () => level.Drive(level.WrapAdd(1)))
            .ElseWhen(Down & !Up & level != 0, () => level.Drive(level.WrapSub(1)));
        Level.Drive(level);
    }
}
