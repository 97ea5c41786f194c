using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests.Designs;

/// <summary>A row with two writers, the data of each computed by logic of its own.</summary>
public sealed class TwoWriters : Module
{
    // Enough for a part of its own.
    private const int Operations = 6;

    /// <summary>Whether the first port writes.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>What its data are computed from.</summary>
    public readonly Signal FirstData = Input(UInt(8));

    /// <summary>Whether the second port writes.</summary>
    public readonly Signal Second = Input(Bit);

    /// <summary>What its data are computed from.</summary>
    public readonly Signal SecondData = Input(UInt(8));

    /// <summary>The row.</summary>
    public readonly Signal Row = Output(UInt(8));

    /// <inheritdoc/>
    protected override void Build()
    {
        Memory(out var rows, UInt(8), 4);
        rows.Write(0, Computed(FirstData, 3), First);
        rows.Write(0, Computed(SecondData, 5), Second);
        Row.Drive(rows.Read(0));
    }

    private static Signal Computed(Signal data, int factor)
    {
        for (var i = 1; i <= Operations; i++)
        {
            data = ((data * factor).Truncate(8) ^ i).WrapAdd(1);
        }

        return data;
    }
}
