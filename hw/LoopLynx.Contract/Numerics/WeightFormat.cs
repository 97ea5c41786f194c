namespace LoopLynx.Contract;

/// <summary>How the weights of a matrix lie in memory.</summary>
/// <param name="Bits">Bits of a weight.</param>
/// <param name="RowConstantBytes">Bytes of the constants of one output row: bias, multiplier and shift.</param>
/// <param name="Group">Weights of a row that share constants of their own; 0: none do.</param>
/// <param name="GroupConstantBits">Bits of a group's constants.</param>
public sealed record WeightFormat(int Bits, int RowConstantBytes, int Group = 0, int GroupConstantBits = 0)
{
    private const int BitsPerByte = 8;

    /// <summary>Bytes of a row of weights, without its row constants.</summary>
    public long RowBytes(int columns)
    {
        var groups = Group == 0 ? 0L : (columns + Group - 1) / Group;
        return (((long)columns * Bits) + (groups * GroupConstantBits) + BitsPerByte - 1) / BitsPerByte;
    }

    /// <summary>Weights in a beat of so many bytes, where rows have no groups.</summary>
    public int ValuesPerBeat(int bytes) => bytes * BitsPerByte / Bits;
}
