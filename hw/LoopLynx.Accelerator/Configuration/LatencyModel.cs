namespace LoopLynx.Accelerator;

/// <summary>Estimated cycles of a token.</summary>
/// <param name="Cycles">In all, from the position's transfer to the last hidden packet's.</param>
/// <param name="Stages">By stage.</param>
/// <param name="LargestBacklog">The most beats of a channel that have arrived and haven't been taken, if the prefetch FIFO holds all; 0 without <c>RunAhead</c>.</param>
public sealed record LatencyEstimate(long Cycles, IReadOnlyDictionary<Stage, long> Stages, long LargestBacklog);

/// <summary>
/// Latency of a kernel, a layer and a token from the configuration alone, for an ideal memory: no simulation, microseconds to compute. Derived in docs/latency-model.md;
/// the constants are register levels of the modules that the comments name. A test compares it with simulation.
/// </summary>
/// <remarks>
/// A stage ends when the last of its three limits is met: memory has delivered its last beat, the array has taken all beats, the last packet of results has landed.
/// With <c>RunAhead</c> the memory's time runs through the whole token; without, it begins anew with each stage.
/// </remarks>
public sealed class LatencyModel
{
    // From the last beat of a product to the end of its stage, beyond the slice's own latency: operand register 1, result FIFO 1, requantise 6, router 1, buffer 1, landed 1, scheduler 1.
    private const int ProductTail = 12;

    // Results that go to the residual pass its adder and sums; those of FC1 pass GELU.
    private const int ResidualTail = 3;
    private const int GeluTail = 4;

    // Normalised packets that pass the router.
    private const int RouterLevels = 1;

    // Attention: begin to the first K step; last step of a head to its softmax pass, beyond the adder tree; a pass beyond its rows; one pass to the next; last V step to the landed packet, beyond the adder tree.
    private const int KeyLead = 0;
    private const int ScoreTail = 3;
    private const int PassTail = 18;
    private const int PassGap = 1;
    private const int ContextTail = 12;

    private readonly NodeConfiguration _c;
    private readonly int _position;
    private readonly int _memoryLatency;
    private readonly Dictionary<Stage, long> _stages = Enum.GetValues<Stage>().ToDictionary(s => s, _ => 0L);
    private readonly long _streamStart;
    private long _now;
    private long _taken;
    private long _backlog;

    private LatencyModel(NodeConfiguration configuration, int position, int memoryLatency)
    {
        (_c, _position, _memoryLatency) = (configuration, position, memoryLatency);
        _streamStart = memoryLatency + 4 + configuration.Columns;
    }

    private long Packets => _c.Embed / _c.PacketLanes;

    /// <summary>Register levels from a row's last beat to the end of a product's stage on one node.</summary>
    private int Tail => ProductTail + MatrixSlice.Latency(_c.SliceLanes) + (_c.Channels / _c.PacketLanes) - 1;

    /// <summary>The estimate for a token.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="position">The token's position, from 0.</param>
    /// <param name="memoryLatency">Cycles from an accepted burst to its first beat.</param>
    public static LatencyEstimate Token(NodeConfiguration configuration, int position, int memoryLatency = 64)
    {
        var model = new LatencyModel(configuration, position, memoryLatency);
        return model.Walk();
    }

    private LatencyEstimate Walk()
    {
        Spend(Stage.Load, Packets + 4);
        for (var layer = 0; layer < _c.Layers; layer++)
        {
            Spend(Stage.Constants, Constants());
            Spend(Stage.Norm1, Norm());
            Spend(Stage.Qkv, Product(3 * _c.Embed, _c.Embed, !_c.LocalQkv, 0));
            Spend(Stage.Attention, Attention());
            Spend(Stage.Project, Product(_c.Embed, _c.Embed, true, Residual()));
            Spend(Stage.Norm2, Norm());
            Spend(Stage.FeedForward1, Product(_c.FeedForward, _c.Embed, true, GeluTail));
            Spend(Stage.FeedForward2, Product(_c.Embed, _c.FeedForward, true, Residual()));
        }

        Spend(Stage.Flush, 2);
        Spend(Stage.Emit, Packets + 3);

        // One cycle of the idle scheduler takes the position.
        return new LatencyEstimate(_now + 1, _stages, _backlog);
    }

    private void Spend(Stage stage, long cycles)
    {
        _now += cycles;
        _stages[stage] += cycles;
    }

    /// <summary>Beats that wait at the beginning of a stage that takes some; what remains of the stream bounds them.</summary>
    private void Waiting()
    {
        var planned = _c.WeightBeats + (2L * _c.Layers * _c.NodeHeads * _c.KvRowsRead(_position));
        var arrived = Math.Min(_now + 1 - _streamStart, planned * _c.Columns);
        _backlog = _c.RunAhead ? Math.Max(_backlog, arrived - (_taken * _c.Columns)) : 0;
    }

    /// <summary>When the <paramref name="count"/>-th super-beat from here is there, counted from the present stage's first cycle.</summary>
    private long Arrival(long count) => _c.RunAhead
        ? _streamStart + ((_taken + count) * _c.Columns) - _now
        : _memoryLatency + 3 + _c.Columns + (count * _c.Columns);

    /// <summary>Norm parameters and the rest one super-beat a cycle; the GELU table as many entries a cycle as it has banks.</summary>
    private long Constants()
    {
        Waiting();
        var beats = 2 * _c.NormBeats;
        var time = Math.Max(beats, Arrival(beats));
        var tableCycles = GeluUnit.CyclesPerBeat(_c);
        for (var i = 0; i < _c.GeluBeats; i++)
        {
            time = Math.Max(time + 1, Arrival(++beats)) + tableCycles - 1;
        }

        while (beats < _c.LayerConstantBeats)
        {
            time = Math.Max(time + 1, Arrival(++beats));
        }

        _taken += beats;
        return time + 2;
    }

    /// <summary>Statistics 11, sweep, normaliser 8 and the way into the buffer; without fusion the sums are a pass before.</summary>
    private long Norm()
    {
        var sums = 23 + (_c.FusedNorm ? 0 : Packets + 4);
        if (!_c.SharesNorm)
        {
            return sums + Packets;
        }

        var part = Packets / _c.Nodes;
        return sums + RouterLevels + (_c.TransmissionHiding ? Math.Max(Packets, part + RingTail(part)) : part + Packets);
    }

    /// <summary>Results into the residual; without fusion they are added in a pass of their own.</summary>
    private long Residual() => ResidualTail + (_c.FusedNorm ? 0 : Packets + 1);

    private long Product(int rows, int columns, bool gather, long tail)
    {
        Waiting();
        var beats = _c.MatrixBeats(rows, columns);
        var firstRow = _c.ConstantBeats + (columns / _c.SliceLanes);
        var perRow = _c.Channels / _c.PacketLanes;
        var exchanged = gather && _c.Nodes > 1;
        var packets = rows / _c.PacketLanes / (gather ? 1 : _c.Nodes);
        var lastTaken = Math.Max(1 + beats, Arrival(beats));
        var firstTaken = Math.Max(1 + firstRow, Arrival(firstRow));
        _taken += beats;
        var computed = lastTaken + Tail - 1 + tail;

        // The other bound: one packet lands a cycle, from the first row on.
        long Written(long count) => firstTaken + Tail - perRow + tail + count - 1;
        if (exchanged && !_c.TransmissionHiding)
        {
            return Math.Max(computed, Written(packets / _c.Nodes)) + packets;
        }

        return Math.Max(computed + (exchanged ? RingTail(perRow) : 0), Written(packets));
    }

    /// <summary>From this node's last packets to the other nodes' last: n rounds of the packets themselves, or the links' latency where that is longer.</summary>
    private long RingTail(long packets)
    {
        var hop = 1 + _c.LinkLatency;
        return Math.Max((_c.Nodes - 1) * packets, hop + ((_c.Nodes - 2) * Math.Max(_c.RingBlock, hop + 1)));
    }

    private long Attention()
    {
        var c = _c;
        var rows = c.KvRowsRead(_position);
        var steps = rows + c.RowsPerPosition;
        var passRows = c.RowsPerPosition > 1 ? _position + 1 : rows + 1;
        var packetsPerHead = c.HeadDim / c.PacketLanes;
        var treeLevels = Sizes.CeilLog2(c.HeadLanes);
        var mixLevels = Sizes.CeilLog2(c.PositionsPerRow);
        var heads = c.NodeHeads;
        var (keyEnd, passEnd) = (new long[heads], new long[heads]);
        var (valueStart, valueEnd, contextEnd) = (new long[heads], new long[heads], new long[heads]);
        var (read, keysRead, valuesRead) = (0L, 0L, 0L);
        var port = (long)KeyLead;
        var firstLanded = 0L;

        // A phase begins when its order allows, and its last row from memory is there before the current token's own.
        long Phase(long start, ref long channelRead)
        {
            channelRead += rows;
            return Math.Max(start + rows, rows == 0 ? 0 : Arrival(channelRead)) + c.RowsPerPosition;
        }

        void Keys(int head)
        {
            var room = !c.SplitKv ? 0 : c.HeadPipeline ? (head >= 2 ? passEnd[head - 2] : 0) : head >= 1 ? valueEnd[head - 1] : 0;
            var start = Math.Max(c.SplitKv ? (head == 0 ? KeyLead : keyEnd[head - 1]) : port, room);
            keyEnd[head] = c.SplitKv ? Phase(start, ref keysRead) : Phase(start, ref read);
            port = keyEnd[head];
        }

        void Values(int head)
        {
            passEnd[head] = Math.Max(keyEnd[head] + treeLevels + ScoreTail, head == 0 ? 0 : valueStart[head - 1] + PassGap) + passRows + PassTail;
            var free = c.SplitKv ? (head == 0 ? 0 : valueEnd[head - 1]) : port;
            var credit = head >= 2 ? contextEnd[head - 2] - ContextTail : 0;
            valueStart[head] = Math.Max(Math.Max(free, passEnd[head]), credit);
            valueEnd[head] = c.SplitKv ? Phase(valueStart[head], ref valuesRead) : Phase(valueStart[head], ref read);
            port = valueEnd[head];
            var mixed = valueEnd[head] + mixLevels + ContextTail;
            firstLanded = head == 0 ? mixed + 1 : firstLanded;
            contextEnd[head] = Math.Max(mixed, head == 0 ? 0 : contextEnd[head - 1]) + packetsPerHead;
        }

        // With the head pipeline V of a head comes after K of the next: the order of HeadOrder.
        var ahead = c.HeadPipeline ? 1 : 0;
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

        _taken += (c.SplitKv ? 1 : 2) * rows * heads;
        var last = contextEnd[heads - 1];
        if (c.Nodes == 1)
        {
            return last;
        }

        return c.TransmissionHiding ? Math.Max(last + RingTail(packetsPerHead), firstLanded + Packets - 1) : last + Packets;
    }
}
