namespace LoopLynx.Runtime;

/// <summary>What activates of different banks owe each other: tRRD to the last one, tFAW to the fourth before. Times are ticks.</summary>
/// <param name="timing">Figures.</param>
internal sealed class ActivateWindow(HbmTiming timing)
{
    private const int Most = 4;
    private const long LongAgo = -1_000_000;

    private readonly int _otherGroup = timing.Ticks(timing.OtherGroupNs);
    private readonly int _sameGroup = timing.Ticks(timing.SameGroupNs);
    private readonly int _four = timing.Ticks(timing.FourActivatesNs);
    private readonly long[] _last = [LongAgo, LongAgo, LongAgo, LongAgo];
    private int _next;
    private int _lastGroup;

    /// <summary>When a bank of a group may be activated.</summary>
    public long From(int group, long earliest)
    {
        var behindLast = _last[(_next + Most - 1) % Most] + (group == _lastGroup ? _sameGroup : _otherGroup);
        return Math.Max(earliest, Math.Max(behindLast, _last[_next] + _four));
    }

    /// <summary>A bank of a group is activated.</summary>
    public void Activate(int group, long tick)
    {
        _last[_next] = tick;
        _next = (_next + 1) % Most;
        _lastGroup = group;
    }
}
