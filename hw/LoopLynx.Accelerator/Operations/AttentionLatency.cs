namespace LoopLynx.Accelerator;

/// <summary>Cycles of attention: phases of K and V of all heads on one port or on two, softmax passes beside them, and the contexts that leave.</summary>
internal sealed class AttentionLatency
{
    // Begin to the first K step; last step of a head to its softmax pass, beyond the adder tree; a pass beyond its rows; one pass to the next; last V step to
    // the landed packet, beyond the adder tree.
    private const int KeyLead = 0;
    private const int ScoreTail = 3;
    private const int PassTail = 18;
    private const int PassGap = 1;
    private const int ContextTail = 12;

    private readonly LatencyWalk _walk;
    private readonly NodeConfiguration _c;
    private readonly long _rows;
    private readonly long _passRows;
    private readonly int _packetsPerHead;
    private readonly long[] _keyEnd;
    private readonly long[] _passEnd;
    private readonly long[] _valueStart;
    private readonly long[] _valueEnd;
    private readonly long[] _contextEnd;
    private long _read;
    private long _keysRead;
    private long _valuesRead;
    private long _port = KeyLead;
    private long _firstLanded;

    public AttentionLatency(LatencyWalk walk)
    {
        (_walk, _c) = (walk, walk.Configuration);
        _rows = _c.Cache.RowsRead(walk.Position);
        _passRows = _c.RowsPerPosition > 1 ? walk.Position + 1 : _rows + 1;
        _packetsPerHead = _c.HeadDim / _c.PacketLanes;
        var heads = _c.NodeHeads;
        (_keyEnd, _passEnd, _valueStart, _valueEnd, _contextEnd) = (new long[heads], new long[heads], new long[heads], new long[heads], new long[heads]);
    }

    /// <summary>Cycles of the step.</summary>
    public long Cycles(ProgramStep step)
    {
        // With the head pipeline V of a head comes after K of the next: the order of HeadOrder.
        var heads = _c.NodeHeads;
        var ahead = _c.HeadPipeline ? 1 : 0;
        for (var head = 0; head < heads + ahead; head++)
        {
            if (head < heads)
            {
                Keys(head);
            }

            if (head >= ahead)
            {
                Values(head - ahead);
            }
        }

        _walk.Take(heads * _c.Cache.ChannelRows(_walk.Position));
        var last = _contextEnd[heads - 1];
        if (_c.Nodes == 1 || !step.Exchanges)
        {
            return last;
        }

        long packets = _c.Program.LandingPackets(step);
        return _c.TransmissionHiding ? Math.Max(last + _walk.RingTail(_packetsPerHead), _firstLanded + packets - 1) : last + packets;
    }

    private void Keys(int head)
    {
        var room = !_c.SplitKv ? 0 : _c.HeadPipeline ? (head >= 2 ? _passEnd[head - 2] : 0) : head >= 1 ? _valueEnd[head - 1] : 0;
        var start = Math.Max(_c.SplitKv ? (head == 0 ? KeyLead : _keyEnd[head - 1]) : _port, room);
        _keyEnd[head] = _c.SplitKv ? Phase(start, ref _keysRead) : Phase(start, ref _read);
        _port = _keyEnd[head];
    }

    private void Values(int head)
    {
        var scored = _keyEnd[head] + Sizes.CeilLog2(_c.HeadLanes) + ScoreTail;
        _passEnd[head] = Math.Max(scored, head == 0 ? 0 : _valueStart[head - 1] + PassGap) + _passRows + PassTail;
        var free = _c.SplitKv ? (head == 0 ? 0 : _valueEnd[head - 1]) : _port;
        var credit = head >= 2 ? _contextEnd[head - 2] - ContextTail : 0;
        _valueStart[head] = Math.Max(Math.Max(free, _passEnd[head]), credit);
        _valueEnd[head] = _c.SplitKv ? Phase(_valueStart[head], ref _valuesRead) : Phase(_valueStart[head], ref _read);
        _port = _valueEnd[head];
        var mixed = _valueEnd[head] + Sizes.CeilLog2(_c.PositionsPerRow) + ContextTail;
        _firstLanded = head == 0 ? mixed + 1 : _firstLanded;
        _contextEnd[head] = Math.Max(mixed, head == 0 ? 0 : _contextEnd[head - 1]) + _packetsPerHead;
    }

    /// <summary>A phase begins when its order allows, and its last row from memory is there before the current token's own.</summary>
    private long Phase(long start, ref long channelRead)
    {
        channelRead += _rows;
        return Math.Max(start + _rows, _rows == 0 ? 0 : _walk.Arrival(channelRead)) + _c.RowsPerPosition;
    }
}
