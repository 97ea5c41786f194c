using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Assignment;

/// <summary>A memory of five rows of three lanes with two write ports and every kind of read; a table beside it.</summary>
internal sealed class MemoryModule : Module
{
    public const int Depth = 5;

    public readonly Signal WriteAddress = Input(UInt(3));
    public readonly Signal WriteData = Input(SInt(6) * 3);
    public readonly Signal WriteEnable = Input(Bit);
    public readonly Signal Mask = Input(Bit * 3);
    public readonly Signal Second = Input(Bit);
    public readonly Signal ReadAddress = Input(UInt(3));
    public readonly Signal ReadEnable = Input(Bit);
    public readonly Signal Now = Output(SInt(6) * 3);
    public readonly Signal Old = Output(SInt(6) * 3);
    public readonly Signal New = Output(SInt(6) * 3);
    public readonly Signal Table = Output(UInt(7));
    public readonly Signal Preset = Output(UInt(4));

    protected override void Build()
    {
        Memory(out var rows, SInt(6) * 3, Depth);
        When(WriteEnable, () => rows.Write(WriteAddress, WriteData, mask: Mask));
        rows.Write(ReadAddress, -1, enable: Second);
        Now.Drive(rows.Read(ReadAddress));
        Old.Drive(rows.ReadSync(ReadAddress, ReadEnable));
        New.Drive(rows.ReadSyncNew(ReadAddress, ReadEnable));

        Rom(out var squares, UInt(7), [0, 1, 4, 9, 16, 25, 36]);
        Table.Drive(squares.Read(ReadAddress));

        var preset = Memory("preset", UInt(4), 4, MemoryStyle.Distributed, [[7], [8]]);
        preset.Write(0, 3, enable: Second);
        Preset.Drive(preset.ReadSync(ReadAddress));
    }
}
