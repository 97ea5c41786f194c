namespace LoopLynx.Runtime;

/// <summary>The data bus of a pseudo-channel: one column at a time, and what columns owe the one before. Times are ticks.</summary>
/// <param name="timing">Figures.</param>
internal sealed class ColumnBus(HbmTiming timing)
{
    private readonly int _sameGroup = timing.SameGroupColumnTicks;
    private readonly int _readToWrite = timing.Ticks(timing.ReadToWriteNs);
    private readonly int _writeToRead = timing.Ticks(timing.WriteToReadNs);
    private long _last = -1_000_000;
    private int _group;
    private bool _isWrite;

    /// <summary>When a column may begin.</summary>
    public long From(int group, bool isWrite, long earliest)
    {
        var gap = group == _group ? _sameGroup : 1;
        if (isWrite != _isWrite)
        {
            gap = isWrite ? _readToWrite : _writeToRead;
        }

        return Math.Max(earliest, _last + gap);
    }

    /// <summary>A column begins.</summary>
    public void Move(int group, bool isWrite, long tick) => (_last, _group, _isWrite) = (tick, group, isWrite);
}
