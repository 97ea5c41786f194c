using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>A design whose source file's name begins with a tool's name.</summary>
public sealed class NamedLikeATool : Module
{
    public readonly Signal A = Input(Bit);
    public readonly Signal Y = Output(Bit);

    protected override void Build() => Y.Drive(!A, "VerilatorPart.cs", 7);
}
