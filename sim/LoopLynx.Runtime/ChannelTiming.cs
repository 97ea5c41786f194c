namespace LoopLynx.Runtime;

/// <summary>When a memory channel answers. All figures are cycles of the design's clock; the same for every engine.</summary>
/// <param name="Name"><c>ideal</c> or <c>hbm</c>.</param>
/// <param name="Latency">Cycles from an accepted burst to its first beat.</param>
public sealed record ChannelTiming(string Name, int Latency)
{
    /// <summary>Cycles between the starts of two refreshes (tREFI); 0: no refresh.</summary>
    public int RefreshInterval { get; init; }

    /// <summary>Cycles of a refresh (tRFC), in which no beat moves.</summary>
    public int RefreshCycles { get; init; }

    /// <summary>Bytes of an open row; a burst in another row waits for <see cref="RowMissCycles"/>. 0: no rows.</summary>
    public int RowBytes { get; init; }

    /// <summary>Extra cycles when a burst changes the row.</summary>
    public int RowMissCycles { get; init; }

    /// <summary>Probability (0..1) that a channel's handshake stalls for a cycle; for stall tests.</summary>
    public double StallProbability { get; init; }

    /// <summary>Up to that many extra cycles of latency, drawn for each burst; for latency tests.</summary>
    public int LatencyJitter { get; init; }

    /// <summary>One beat a cycle after a fixed latency of 64 cycles (225 ns at 285 MHz).</summary>
    public static ChannelTiming Ideal { get; } = new("ideal", 64);

    /// <summary>
    /// Refresh of 260 ns every 3.9 us (at 285 MHz: 74 of 1,111 cycles) and 8 cycles for a row of 1 KiB that isn't open. Sequential streams hide row changes in the controller:
    /// the row cost counts for bursts that jump.
    /// </summary>
    public static ChannelTiming Hbm { get; } = new("hbm", 64) { RefreshInterval = 1111, RefreshCycles = 74, RowBytes = 1024, RowMissCycles = 8 };
}
