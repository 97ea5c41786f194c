namespace LoopLynx.Contract;

/// <summary>Sizes that AXI and HBM fix.</summary>
public static class MemorySizes
{
    /// <summary>Bytes of a page: no burst crosses its end.</summary>
    public const int PageBytes = 4096;

    /// <summary>Longest burst of an AXI3 port, in beats.</summary>
    public const int MaxBurstBeats = 16;

    /// <summary>Bits of a byte address.</summary>
    public const int AddressBits = 64;
}
