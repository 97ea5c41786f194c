namespace LoopLynx.Runtime;

/// <summary>
/// The controller of a pseudo-channel: columns in the order in which they were asked for, an open row stays open, and rows are opened for columns that it looks
/// ahead to. It computes when a column moves at the time when it is asked for, so nothing happens between. Times are ticks.
/// </summary>
public sealed class HbmController
{
    private readonly HbmTiming _timing;
    private readonly HbmBank[] _banks;
    private readonly ActivateWindow _activates;
    private readonly RefreshSchedule _refresh;
    private readonly ColumnBus _bus;
    private readonly long[] _moved;
    private int _next;

    /// <summary>A controller whose banks are closed.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="channel">Number of the pseudo-channel on its card.</param>
    public HbmController(HbmTiming timing, int channel)
    {
        (_timing, _activates, _refresh, _bus) = (timing, new(timing), new(timing, channel), new(timing));
        _banks = [.. Enumerable.Range(0, HbmAddress.Banks).Select(_ => new HbmBank(timing))];
        _moved = new long[timing.LookAheadColumns];
    }

    /// <summary>Moves a column.</summary>
    /// <param name="arrival">When it is asked for, at the far side of the switch; not before the column before.</param>
    /// <param name="address">A byte of it.</param>
    /// <param name="isWrite">Whether it is written.</param>
    /// <returns>When its data are at the far side of the switch, or, of a write, when it is answered.</returns>
    public long Column(long arrival, long address, bool isWrite)
    {
        var place = HbmAddress.Of(address);
        var bank = _banks[place.Bank];

        // The column comes into the controller's sight when another one has left it.
        var seen = Math.Max(arrival + _timing.CommandTicks, _moved[_next]);
        long activate, column;
        while (true)
        {
            activate = bank.IsHit(place.Row) ? 0 : _activates.From(place.Group, bank.ActivateFrom(seen));
            var open = bank.IsHit(place.Row) ? bank.ColumnFrom(seen) : bank.ColumnBehind(activate);
            column = _bus.From(place.Group, isWrite, open);
            if (column < _refresh.Begin)
            {
                break;
            }

            Refresh();
        }

        if (!bank.IsHit(place.Row))
        {
            bank.Activate(place.Row, activate);
            _activates.Activate(place.Group, activate);
        }

        bank.Move(column, isWrite);
        _bus.Move(place.Group, isWrite, column);
        _moved[_next] = column;
        _next = (_next + 1) % _moved.Length;
        return column + _timing.HitTicks - _timing.CommandTicks;
    }

    private void Refresh()
    {
        foreach (var bank in _banks)
        {
            bank.Close(_refresh.End);
        }

        _refresh.Advance();
    }
}
