using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>One memory with a masked write, both kinds of read, and an address that may be too wide.</summary>
internal sealed class Storage(int depth, int addressBits, HdlType row, MemoryStyle style) : Module
{
    public readonly Signal WriteAddress = Input(UInt(addressBits));
    public readonly Signal ReadAddress = Input(UInt(addressBits));
    public readonly Signal Data = Input(row);
    public readonly Signal Mask = Input(Bit.Lanes(row.Lanes));
    public readonly Signal Write = Input(Bit);
    public readonly Signal Enable = Input(Bit);
    public readonly Signal Sync = Output(row);

    protected override void Build()
    {
        Memory(out var rows, row, depth, style);
        rows.Write(WriteAddress, Data, Write, Mask);
        Sync.Drive(rows.ReadSync(ReadAddress, Enable));
    }
}

/// <summary>A table that is read combinationally and through a register.</summary>
internal sealed class Table(int rows, MemoryStyle style) : Module
{
    public readonly Signal Address = Input(UInt(10));
    public readonly Signal Now = Output(SInt(24));
    public readonly Signal Later = Output(SInt(24));

    protected override void Build()
    {
        Rom(out var squares, SInt(24), [.. Enumerable.Range(0, rows).Select(i => (System.Numerics.BigInteger)(i * i) - 5000)], style);
        Later.Drive(squares.ReadSync(Address));
        Rom(out var cubes, SInt(24), [.. Enumerable.Range(0, 7).Select(i => (System.Numerics.BigInteger)(i * i * i) - 100)]);
        Now.Drive(cubes.Read(Address));
    }
}

/// <summary>Two write ports to the same rows: the later one wins.</summary>
internal sealed class TwoWrites : Module
{
    public readonly Signal A = Input(UInt(3));
    public readonly Signal B = Input(UInt(3));
    public readonly Signal Data = Input(SInt(8).Lanes(2));
    public readonly Signal Read = Output(SInt(8).Lanes(2));

    protected override void Build()
    {
        Memory(out var rows, SInt(8).Lanes(2), 5);
        rows.Write(A, Data);
        rows.Write(B, ~Data, A[0], Cat(B[1], A[1]).AsLanes(Bit.Lanes(2)));
        Read.Drive(rows.Read(A ^ B));
    }
}
