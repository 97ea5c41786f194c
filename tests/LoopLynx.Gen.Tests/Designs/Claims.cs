using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>A counter that claims to stay below a limit.</summary>
internal sealed class Claims(int limit) : Module
{
    public readonly Signal Step = Input(Bit);
    public readonly Signal Odd = Output(Bit);

    protected override void Build()
    {
        Register(out var count, UInt(4), 0);
        When(Step, () => count.Drive(Mux(count == 9, 0, count.WrapAdd(1))));
        Odd.Drive(count[0]);
        Assert(count < limit, $"the counter stays below \"{limit}\"");
        Assume(Step == 1, "always steps");
        Cover(count == 9, "reaches the end");
    }
}
