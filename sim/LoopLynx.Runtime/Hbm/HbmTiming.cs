using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>
/// Figures of a card's HBM2, from a kernel's port to the banks. <em>Ticks</em> are cycles of the memory's own clock (<c>hbm_aclk</c>); in each a
/// pseudo-channel moves one column of 32 bytes at most. The source of each figure is in docs/memory.md.
/// </summary>
public sealed record HbmTiming
{
    /// <summary>Bytes of a column: what a pseudo-channel moves in a tick.</summary>
    public const int ColumnBytes = 32;

    /// <summary>Frequency of the kernel, in MHz.</summary>
    public int KernelMhz { get; init; } = CardRing.KernelMhz;

    /// <summary>Frequency of the memory's ports and controllers, in MHz; the DRAM's is twice that, at two transfers a cycle.</summary>
    public int HbmMhz { get; init; } = 450;

    /// <summary>
    /// Cycles of the kernel's clock in the interconnect, there and back together: register slices, the change of width, and the synchronisers between the
    /// clocks. With 22 an idle channel whose row is closed answers after 64 cycles of 300 MHz.
    /// </summary>
    public int InterconnectCycles { get; init; } = 22;

    /// <summary>Ticks through the switch between the ports, there and back together, for the port's own pseudo-channel.</summary>
    public int SwitchTicks { get; init; } = 7;

    /// <summary>Ticks from a read at the switch's far side to its first column, where the row is open and nothing waits.</summary>
    public int HitTicks { get; init; } = 48;

    /// <summary>Of <see cref="HitTicks"/>, those before the column's command.</summary>
    public int CommandTicks { get; init; } = 16;

    /// <summary>Activate to column (tRCD), in ns.</summary>
    public double ActivateNs { get; init; } = 14;

    /// <summary>Precharge to activate (tRP), in ns.</summary>
    public double PrechargeNs { get; init; } = 14;

    /// <summary>Activate to precharge of the same bank (tRAS), in ns.</summary>
    public double RowActiveNs { get; init; } = 33;

    /// <summary>Read to precharge of the same bank (tRTP), in ns.</summary>
    public double ReadToPrechargeNs { get; init; } = 5;

    /// <summary>Write to precharge of the same bank: its data and tWR, in ns.</summary>
    public double WriteToPrechargeNs { get; init; } = 22;

    /// <summary>Activates of banks in different groups (tRRD_S), in ns.</summary>
    public double OtherGroupNs { get; init; } = 4;

    /// <summary>Activates of banks in the same group (tRRD_L), in ns.</summary>
    public double SameGroupNs { get; init; } = 6;

    /// <summary>The window in which there are four activates at most (tFAW), in ns.</summary>
    public double FourActivatesNs { get; init; } = 16;

    /// <summary>Ticks between columns of the same bank group (tCCD_L); of different ones it is one.</summary>
    public int SameGroupColumnTicks { get; init; } = 2;

    /// <summary>Read to write on the same bus, in ns.</summary>
    public double ReadToWriteNs { get; init; } = 9;

    /// <summary>Write to read on the same bus (write latency, data, tWTR), in ns.</summary>
    public double WriteToReadNs { get; init; } = 18;

    /// <summary>Between the starts of two refreshes (tREFI), in ns.</summary>
    public double RefreshIntervalNs { get; init; } = 3900;

    /// <summary>A refresh of all banks (tRFC), in ns.</summary>
    public double RefreshNs { get; init; } = 260;

    /// <summary>Ticks before a refresh in which no new column begins: the queue drains.</summary>
    public int DrainTicks { get; init; } = 8;

    /// <summary>Columns that the controller looks ahead to open their rows.</summary>
    public int LookAheadColumns { get; init; } = 32;

    /// <summary>Bursts of the kernel's port that are under way at most, in each direction.</summary>
    public int BurstsUnderWay { get; init; } = 16;

    /// <summary>Pseudo-channels of the card: their refreshes begin one after another.</summary>
    public int CardChannels { get; init; } = 32;

    /// <summary>What all channels of a card may move together in the long run, in GB/s: 10 W of the HBM's rail.</summary>
    public double CardGBps { get; init; } = CardRing.MostGBps;

    /// <summary>The span in which <see cref="CardGBps"/> is kept, in ns.</summary>
    public double PowerWindowNs { get; init; } = 100_000;

    /// <summary>An Alveo U50 with a kernel of 300 MHz.</summary>
    public static HbmTiming U50 { get; } = new();

    /// <summary>The card's variant for a lower voltage of the kernel, whose memory runs at 400 MHz.</summary>
    public static HbmTiming U50Lv { get; } = new() { HbmMhz = 400 };

    /// <summary>The most that a pseudo-channel could move, in GB/s.</summary>
    public double PeakGBps => HbmMhz * ColumnBytes / 1000.0;

    /// <summary>What one sequential reader gets from a pseudo-channel in the long run, in GB/s: all columns but those that a refresh takes.</summary>
    public double SequentialGBps => PeakGBps * (1 - ((double)RefreshLossTicks / RefreshIntervalTicks));

    /// <summary>Kernel and memory clock.</summary>
    public ClockRatio Clocks => new(KernelMhz, HbmMhz);

    /// <summary>Ticks between the starts of two refreshes.</summary>
    public int RefreshIntervalTicks => (int)(RefreshIntervalNs * HbmMhz / 1000);

    /// <summary>Cycles of an idle channel from an accepted burst to its first beat, where the row is closed.</summary>
    public int IdleCycles => InterconnectCycles + (int)Clocks.Back(SwitchTicks + HitTicks + Ticks(ActivateNs));

    /// <summary>
    /// Ticks that a refresh takes from a sequential reader: the queue drains, all banks are closed and refreshed, a row is opened again, and the first columns
    /// wait for the row of the other bank group.
    /// </summary>
    public int RefreshLossTicks => DrainTicks + Ticks(PrechargeNs) + Ticks(RefreshNs) + Ticks(ActivateNs) + Ticks(OtherGroupNs) - 1;

    /// <summary>Ticks of a row from its activate to the next one of the same bank (tRC).</summary>
    public int RowCycleTicks => Ticks(RowActiveNs) + Ticks(PrechargeNs);

    /// <summary>Ticks that a write between reads takes from them.</summary>
    public int TurnTicks => Ticks(ReadToWriteNs) + Ticks(WriteToReadNs);

    /// <summary>The same timing with a path of another length, so that an idle channel whose row is closed answers after that many cycles.</summary>
    public HbmTiming WithIdleCycles(int cycles) => this with { InterconnectCycles = InterconnectCycles + cycles - IdleCycles };

    /// <summary>A span in whole ticks, rounded up.</summary>
    public int Ticks(double ns) => (int)Math.Ceiling((ns * HbmMhz / 1000) - 1e-9);
}
