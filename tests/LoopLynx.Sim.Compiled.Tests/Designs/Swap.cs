using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests.Designs;

/// <summary>Two memories that take each other's rows, so that rows are copied before they are written; their depth is no power of two.</summary>
/// <param name="bytes">Bytes of a row.</param>
public sealed class Swap(int bytes) : Module
{
    private const int Depth = 6;

    /// <summary>The row.</summary>
    public readonly Signal Address = Input(UInt(3));

    /// <summary>Changes what moves from the right to the left.</summary>
    public readonly Signal Data = Input(UInt(8).Lanes(bytes));

    /// <summary>Whether the rows change places.</summary>
    public readonly Signal Enable = Input(Bit);

    /// <summary>The left row, one more in each lane, two cycles later.</summary>
    public readonly Signal Row = Output(UInt(8).Lanes(bytes));

    /// <inheritdoc/>
    protected override void Build()
    {
        Memory(out var left, UInt(8).Lanes(bytes), Depth);
        Memory(out var right, UInt(8).Lanes(bytes), Depth);
        var (fromLeft, fromRight) = (left.Read(Address), right.Read(Address));
        left.Write(Address, fromRight ^ Data, Enable);
        right.Write(Address, fromLeft, Enable);
        Register(out var copy, UInt(8).Lanes(bytes));
        copy.Drive(fromLeft);
        Register(out var sum, UInt(8).Lanes(bytes));
        sum.Drive(copy.WrapAdd(1));
        Row.Drive(sum);
    }
}
