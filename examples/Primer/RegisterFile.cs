using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Examples.Primer;

/// <summary>Registers with two read ports and one write port; register 0 is always 0.</summary>
public sealed class RegisterFile(int registers, int width) : Module
{
    /// <summary>First register to read, in the same cycle.</summary>
    public readonly Signal First = Input(UInt(Sizes.AddressBits(registers)));

    /// <summary>Second register to read, in the same cycle.</summary>
    public readonly Signal Second = Input(UInt(Sizes.AddressBits(registers)));

    /// <summary>Register to write at the edge.</summary>
    public readonly Signal Target = Input(UInt(Sizes.AddressBits(registers)));

    /// <summary>Write this cycle.</summary>
    public readonly Signal Enable = Input(Bit);

    /// <summary>What to write.</summary>
    public readonly Signal Data = Input(UInt(width));

    /// <summary>The first register's value.</summary>
    public readonly Signal A = Output(UInt(width));

    /// <summary>The second register's value.</summary>
    public readonly Signal B = Output(UInt(width));

    /// <inheritdoc/>
    protected override void Build()
    {
        Memory(out var rows, UInt(width), registers, MemoryStyle.Distributed);
        rows.Write(Target, Data, enable: Enable & Target != 0);
        A.Drive(rows.Read(First));
        B.Drive(rows.Read(Second));
    }
}
