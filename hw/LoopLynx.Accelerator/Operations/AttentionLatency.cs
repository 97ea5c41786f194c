namespace LoopLynx.Accelerator;

/// <summary>
/// Cycles of attention: phases of K and V of all heads on one port or on two, softmax passes beside them, and the contexts that leave. Cycles count from the
/// step's first, 0.
/// </summary>
internal sealed class AttentionLatency
{
    private readonly LatencyWalk _walk;
    private readonly NodeConfiguration _c;
    private readonly LandingLatency _landing;
    private readonly RowPort _keys = new();
    private readonly RowPort _values;
    private readonly long _positionRows;
    private readonly long[] _keyEnd;
    private readonly long[] _passBegin;
    private readonly long[] _taken;
    private readonly long[] _valueEnd;
    private readonly List<long> _mixed = [];

    public AttentionLatency(LatencyWalk walk, ProgramStep step)
    {
        (_walk, _c) = (walk, walk.Configuration);
        _values = _c.SplitKv ? new() : _keys;
        _positionRows = _c.Cache.RowsRead(walk.Position) / _c.RowsPerPosition;
        var heads = _c.NodeHeads;
        (_keyEnd, _passBegin, _taken, _valueEnd) = (new long[heads], new long[heads], new long[heads], new long[heads]);
        _landing = new LandingLatency(_c, step.Exchanges);
    }

    /// <summary>Cycle in which the last packet of the contexts lands.</summary>
    public long LastLanded()
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
                Softmax(head - ahead);
                Values(head - ahead);
            }
        }

        _walk.Take(heads * _c.Cache.ChannelRows(_walk.Position));
        _walk.Lose();
        return _landing.Last();
    }

    private void Keys(int head)
    {
        // Where K has a port of its own, it waits for room: for scores of two heads, or until the head before has been mixed.
        var kept = _c.HeadPipeline ? 2 : 1;
        long Freed() => _c.HeadPipeline
            ? _passBegin[head - kept] + SoftmaxUnit.ReadingLatency(_positionRows + 1)
            : _valueEnd[head - kept] + AttentionKernel.TakenLatency;
        var room = !_c.SplitKv || head < kept ? 0 : Freed() + CreditLatency + AttentionKernel.IssueLatency;
        Phase(_keys, room, _positionRows * _c.RowsPerPosition, _c.RowsPerPosition);
        _keyEnd[head] = _keys.Last;
    }

    private void Softmax(int head)
    {
        var scored = _keyEnd[head] + AttentionKernel.ScoreLatency(_c);
        var begin = scored + SoftmaxUnit.BeginLatency;
        if (head > 0)
        {
            begin = Math.Max(begin, _passBegin[head - 1] + SoftmaxUnit.ReadingLatency(_positionRows + 1) + SoftmaxUnit.NextLatency);
        }

        if (head >= SoftmaxUnit.Ahead)
        {
            begin = Math.Max(begin, _taken[head - SoftmaxUnit.Ahead] + AttentionKernel.TakenLatency + SoftmaxUnit.TakeLatency);
        }

        _passBegin[head] = begin;
    }

    private void Values(int head)
    {
        for (var part = 0; part < _c.RowsPerPosition; part++)
        {
            // A part begins with a credit for its sums, a head with its probabilities.
            var credit = _mixed.Count < MixUnit.ResultDepth ? 0 : _mixed[^MixUnit.ResultDepth] + MixUnit.FreeLatency + CreditLatency;
            var ready = part > 0 ? credit : Math.Max(credit, _passBegin[head] + SoftmaxUnit.PassLatency(_c, _positionRows + 1));
            var first = Phase(_values, ready + AttentionKernel.IssueLatency, _positionRows, 1);
            _taken[head] = part == 0 ? first : _taken[head];
            Mixed(_values.Last + AttentionKernel.MixLatency(_c));
        }

        _valueEnd[head] = _values.Last;
    }

    /// <summary>Sums leave a packet a cycle, behind those of the part before.</summary>
    private void Mixed(long ready)
    {
        var first = Math.Max(ready, _mixed.Count == 0 ? 0 : _mixed[^1] + 1);
        _landing.Burst(first + AttentionKernel.ContextLatency(_c), MixUnit.Packets(_c));
        _mixed.Add(first + MixUnit.Packets(_c) - 1);
    }

    /// <summary>A phase begins when its order allows; its rows from memory come first, then the current token's own.</summary>
    /// <param name="port">Where the rows are taken.</param>
    /// <param name="earliest">The first cycle in which a row may be taken.</param>
    /// <param name="rows">Rows from memory.</param>
    /// <param name="current">The current token's rows.</param>
    /// <returns>The cycle in which the first row is taken.</returns>
    private long Phase(RowPort port, long earliest, long rows, long current)
    {
        var first = Math.Max(port.Last + 1, earliest);
        if (rows == 0)
        {
            port.Last = first + current - 1;
            return first;
        }

        var taken = Math.Max(first, _walk.Arrival(port.Read + 1));
        port.Read += rows;
        port.Last = Math.Max(first + rows - 1, _walk.Arrival(port.Read)) + current;
        return taken;
    }

    /// <summary>Where rows are taken, one a cycle.</summary>
    private sealed class RowPort
    {
        /// <summary>Rows that memory has given.</summary>
        public long Read { get; set; }

        /// <summary>Cycle of the last row.</summary>
        public long Last { get; set; } = HeadSequencer.StartLatency + AttentionKernel.IssueLatency - 1;
    }
}
