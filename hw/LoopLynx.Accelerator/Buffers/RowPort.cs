namespace LoopLynx.Accelerator;

/// <summary>Reads of a buffer's rows, seen from the reader: the row comes as many cycles after its address as the buffer says.</summary>
/// <param name="address">Type of a row's number.</param>
/// <param name="row">Type of a row.</param>
public sealed class RowPort(HdlType address, HdlType row) : PortBundle
{
    /// <summary>Row wanted.</summary>
    public readonly Signal Address = Output(address);

    /// <summary>The row asked for.</summary>
    public readonly Signal Row = Input(row);
}
