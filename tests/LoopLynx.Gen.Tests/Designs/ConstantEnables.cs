using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Ports of a memory that are always enabled, and ports that never are.</summary>
public sealed class ConstantEnables : Module
{
    public readonly Signal At = Input(UInt(3));
    public readonly Signal Word = Input(UInt(6));
    public readonly Signal Always = Output(UInt(6));
    public readonly Signal Never = Output(UInt(6));

    protected override void Build()
    {
        var rows = Memory("rows", UInt(6), 5, default, [[7], [8], [9]]);
        rows.Write(At, Word, enable: 1);
        rows.Write(At, ~Word, enable: 0);
        Always.Drive(rows.ReadSync(At, enable: 1));
        Never.Drive(rows.ReadSync(At, enable: 0));
    }
}
