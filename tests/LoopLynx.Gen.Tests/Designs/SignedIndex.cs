using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Unsigned views of signed values as indices: of a memory, of lanes, of single bits.</summary>
public sealed class SignedIndex : Module
{
    public readonly Signal At = Input(SInt(3));
    public readonly Signal Word = Input(UInt(6).Lanes(8));
    public readonly Signal Row = Output(UInt(6));
    public readonly Signal Lane = Output(UInt(6));
    public readonly Signal One = Output(Bit);

    protected override void Build()
    {
        Register(out var held, SInt(3), reset: 0);
        held.Drive(At);
        var index = held.AsUnsigned();
        Memory(out var rows, UInt(6), 8, MemoryStyle.Distributed);
        rows.Write(index, Word.Lane(0), held != 0);
        Row.Drive(rows.Read(At.AsUnsigned()));
        Lane.Drive(Word.SelectLanes(index, 1));
        One.Drive(Word.Slice(0, 1).SelectLanes(index, 1));
    }
}
