namespace LoopLynx.Runtime;

/// <summary>
/// When a pseudo-channel is refreshed: every tREFI, all banks at once, tRFC long behind a precharge of all. Channels begin one after another, so that the
/// card's refreshes are spread over the interval. Times are ticks.
/// </summary>
internal sealed class RefreshSchedule
{
    private readonly int _interval;
    private readonly int _length;
    private readonly int _drain;
    private long _start;

    /// <summary>The schedule of a channel.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="channel">Number of the channel on its card.</param>
    public RefreshSchedule(HbmTiming timing, int channel)
    {
        _interval = timing.RefreshIntervalTicks;
        _length = timing.Ticks(timing.PrechargeNs) + timing.Ticks(timing.RefreshNs);
        _drain = timing.DrainTicks;
        _start = _interval * (1 + (channel % timing.CardChannels)) / timing.CardChannels;
    }

    /// <summary>From here to <see cref="End"/> no column begins.</summary>
    public long Begin => _start - _drain;

    /// <summary>From here on banks may be activated again.</summary>
    public long End => _start + _length;

    /// <summary>On to the next refresh.</summary>
    public void Advance() => _start += _interval;
}
