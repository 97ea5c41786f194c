namespace LoopLynx.Runtime;

/// <summary>When a memory channel answers. All figures are cycles of the design's clock; the same for every engine.</summary>
/// <param name="Name"><c>ideal</c> or <c>hbm</c>.</param>
/// <param name="Latency">Cycles from an accepted burst to its first beat; without meaning where there is a <see cref="Card"/>.</param>
public sealed record ChannelTiming(string Name, int Latency)
{
    /// <summary>The card whose memory the channels are; null: one beat a cycle behind a fixed latency.</summary>
    public HbmTiming? Card { get; init; }

    /// <summary>Cycles between the starts of two pauses, in which no beat moves; 0: none. For stall tests.</summary>
    public int RefreshInterval { get; init; }

    /// <summary>Cycles of a pause.</summary>
    public int RefreshCycles { get; init; }

    /// <summary>Probability (0..1) that a channel's handshake stalls for a cycle; for stall tests.</summary>
    public double StallProbability { get; init; }

    /// <summary>Up to that many extra cycles of latency, drawn for each burst; for latency tests.</summary>
    public int LatencyJitter { get; init; }

    /// <summary>One beat a cycle after a fixed latency of 64 cycles (225 ns at 285 MHz).</summary>
    public static ChannelTiming Ideal { get; } = new("ideal", 64);

    /// <summary>The memory of an Alveo U50 behind a kernel of 300 MHz.</summary>
    public static ChannelTiming Hbm { get; } = Of(HbmTiming.U50);

    /// <summary>The memory of a card.</summary>
    public static ChannelTiming Of(HbmTiming card) => new("hbm", card.IdleCycles) { Card = card };

    /// <summary>The same memory behind a kernel of another clock; an ideal one counts cycles of any.</summary>
    /// <param name="mhz">The kernel's clock, in MHz.</param>
    public ChannelTiming At(int mhz) => Card is null ? this : Of(Card with { KernelMhz = mhz });
}
