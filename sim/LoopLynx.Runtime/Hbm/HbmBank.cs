namespace LoopLynx.Runtime;

/// <summary>A bank: closed, or open with a row, and when it takes the next command. Times are ticks.</summary>
/// <param name="timing">Figures.</param>
internal sealed class HbmBank(HbmTiming timing)
{
    private const long Closed = -1;

    private readonly int _precharge = timing.Ticks(timing.PrechargeNs);
    private readonly int _activate = timing.Ticks(timing.ActivateNs);
    private readonly int _active = timing.Ticks(timing.RowActiveNs);
    private readonly int _readToPrecharge = timing.Ticks(timing.ReadToPrechargeNs);
    private readonly int _writeToPrecharge = timing.Ticks(timing.WriteToPrechargeNs);
    private long _row = Closed;
    private long _columnFrom;
    private long _prechargeFrom;
    private long _activateFrom;

    /// <summary>Whether the row is open.</summary>
    public bool IsHit(long row) => _row == row;

    /// <summary>When a column of the open row may be moved.</summary>
    public long ColumnFrom(long arrival) => Math.Max(arrival, _columnFrom);

    /// <summary>When another row may be activated: at once, or behind a precharge.</summary>
    public long ActivateFrom(long arrival) => _row == Closed ? Math.Max(arrival, _activateFrom) : Math.Max(arrival, _prechargeFrom) + _precharge;

    /// <summary>When the first column may be moved of a row that is activated in a tick.</summary>
    public long ColumnBehind(long activate) => activate + _activate;

    /// <summary>Opens a row.</summary>
    public void Activate(long row, long tick)
    {
        _row = row;
        _columnFrom = tick + _activate;
        _prechargeFrom = tick + _active;
    }

    /// <summary>Moves a column of the open row.</summary>
    public void Move(long tick, bool isWrite) => _prechargeFrom = Math.Max(_prechargeFrom, tick + (isWrite ? _writeToPrecharge : _readToPrecharge));

    /// <summary>Closes the bank, which takes commands again from a tick on.</summary>
    public void Close(long from) => (_row, _activateFrom) = (Closed, from);
}
