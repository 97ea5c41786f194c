namespace LoopLynx.Runtime;

/// <summary>
/// Where a column of a pseudo-channel lies: 4 groups of 4 banks, rows of 1 KiB. From the address's top: row, one bit of the group, bank, column, the other bit
/// of the group, byte. So neighbouring columns lie in two groups, and a sequential reader gets one every tick.
/// </summary>
/// <param name="Group">Bank group, from 0.</param>
/// <param name="Bank">Number of the bank among all 16.</param>
/// <param name="Row">Row in the bank.</param>
public readonly record struct HbmAddress(int Group, int Bank, long Row)
{
    /// <summary>Banks of a pseudo-channel.</summary>
    public const int Banks = 16;

    private const int BanksOfGroup = 4;

    /// <summary>The place of a byte.</summary>
    public static HbmAddress Of(long address)
    {
        var group = ((int)(address >> 13) & 1) << 1 | ((int)(address >> 5) & 1);
        var bank = (int)(address >> 11) & (BanksOfGroup - 1);
        return new(group, (group * BanksOfGroup) + bank, address >> 14);
    }
}
