namespace LoopLynx.Runtime;

/// <summary>
/// A kernel's port to its pseudo-channel: interconnect, crossing of clocks, switch, controller. Times are cycles of the kernel's clock. Only accepted bursts
/// come in, so whatever runs the kernel, the same bursts in the same cycles get the same answers.
/// </summary>
public sealed class HbmChannel
{
    private readonly HbmTiming _timing;
    private readonly HbmController _controller;
    private readonly int _beatBytes;
    private readonly int _there;
    private readonly int _back;
    private readonly int _switchThere;
    private long _asked;
    private long _beat;
    private long _written;

    /// <summary>A channel whose rows are closed.</summary>
    /// <param name="timing">Figures.</param>
    /// <param name="channel">Number of the pseudo-channel on its card.</param>
    /// <param name="beatBytes">Bytes of a beat of the kernel's port.</param>
    public HbmChannel(HbmTiming timing, int channel, int beatBytes)
    {
        (_timing, _controller, _beatBytes) = (timing, new(timing, channel), beatBytes);
        _there = timing.InterconnectCycles / 2;
        _back = timing.InterconnectCycles - _there;
        _switchThere = timing.SwitchTicks / 2;
    }

    /// <summary>Reads a burst.</summary>
    /// <param name="cycle">When the port's address was taken.</param>
    /// <param name="address">Byte address in the pseudo-channel.</param>
    /// <param name="beats">Beats of the port.</param>
    /// <param name="ready">Receives, for each beat, the first cycle in which it can be offered; in order, one a cycle.</param>
    public void Read(long cycle, long address, int beats, Queue<long> ready)
    {
        var tick = _timing.Clocks.Forward(cycle + _there) + _switchThere;
        var end = address + ((long)beats * _beatBytes);
        var beatEnd = address + _beatBytes;
        for (var column = address & -HbmTiming.ColumnBytes; column < end; column += HbmTiming.ColumnBytes)
        {
            var there = Move(tick, column, isWrite: false);
            for (; beatEnd <= column + HbmTiming.ColumnBytes && beatEnd <= end; beatEnd += _beatBytes)
            {
                _beat = Math.Max(_beat + 1, AtPort(there));
                ready.Enqueue(_beat);
            }
        }
    }

    /// <summary>Writes a burst whose data have all come.</summary>
    /// <param name="cycle">When the last of them was taken.</param>
    /// <param name="address">Byte address in the pseudo-channel.</param>
    /// <param name="beats">Beats of the port.</param>
    /// <returns>The first cycle in which the response can be offered.</returns>
    public long Write(long cycle, long address, int beats)
    {
        var tick = _timing.Clocks.Forward(cycle + _there) + _switchThere;
        var answered = 0L;
        for (var column = address & -HbmTiming.ColumnBytes; column < address + ((long)beats * _beatBytes); column += HbmTiming.ColumnBytes)
        {
            answered = Move(tick, column, isWrite: true);
        }

        _written = Math.Max(_written + 1, AtPort(answered));
        return _written;
    }

    private long AtPort(long tick) => _timing.Clocks.Back(tick + _timing.SwitchTicks - _switchThere) + _back;

    /// <summary>A port of 32 bytes behind the change of width asks for one column a tick.</summary>
    private long Move(long tick, long address, bool isWrite)
    {
        _asked = Math.Max(_asked + 1, tick);
        return _controller.Column(_asked, address, isWrite);
    }
}
