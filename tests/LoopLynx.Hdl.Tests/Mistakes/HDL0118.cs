using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Mistakes.HDL0118;

public sealed class MaskWidth : Module
{
    public readonly Signal A = Input(UInt(8) * 4);
    public readonly Signal B = Input(Bit * 2);
    public readonly Signal Y = Output(UInt(8) * 4);

    protected override void Build()
    {
        Memory(out var rows, UInt(8) * 4, 16);
        rows.Write(0, A, mask: B);
        Y.Drive(rows.Read(0));
    }
}

public sealed class SignedAddress : Module
{
    public readonly Signal A = Input(SInt(4));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Memory(out var rows, UInt(8), 16);
        Y.Drive(rows.Read(A));
    }
}

public sealed class TooManyRows : Module
{
    public readonly Signal A = Input(UInt(1));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        var rows = Memory("rows", UInt(8), 2, MemoryStyle.Auto, [[1], [2], [3]]);
        Y.Drive(rows.Read(A));
    }
}

public sealed class LateWrite : Module
{
    public readonly Signal A = Input(UInt(4));
    public readonly Signal Y = Output(UInt(8));

    protected override void Build()
    {
        Memory(out var rows, UInt(8), 16);
        Y.Drive(rows.ReadSyncNew(A));
        rows.Write(A, 1);
    }
}
