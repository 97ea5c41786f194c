namespace LoopLynx.Accelerator;

/// <summary>A write of part of a super-beat, or of one channel's row of it: byte address in every channel, data, and one strobe a byte.</summary>
public sealed record KvWrite(Signal Address, Signal Data, Signal Strobe)
{
    /// <summary>Types of the fields of so many bytes.</summary>
    public static KvWrite Shape(NodeConfiguration c, int bytes) =>
        new(Address: UInt(MemoryPort.ChannelAddressBits), Data: c.Types.MemoryByte.Lanes(bytes), Strobe: Bit.Lanes(bytes));
}

/// <summary>
/// Appends the current token's K and V to the cache, head by head. Nothing waits for it inside the token: attention takes the current vectors from the chip.
/// </summary>
/// <remarks>
/// Layout: row (layer, head, K or V, row) of every channel is at KvBase + (((layer * heads + head) * 2 + isV) * KvRows + row) * SliceLanes, heads counted
/// within the node;
/// where K and V have channels of their own, at KvBase + ((layer * heads + head) * KvRows + row) * SliceLanes in those.
/// One write every <see cref="RowCycles"/> cycles at most. Everything that a write is made of stands still while its row is read, so it passes
/// registers without enables.
/// </remarks>
public sealed class KvWriter(NodeConfiguration configuration) : Module
{
    private enum State
    {
        Idle,
        Read,
        Write,
        Next,
    }

    /// <summary>Cycles from the last row that is taken to the idle writer.</summary>
    public const int IdleLatency = NextCycles + 1;

    // The first cycle of a row's address, behind the step's.
    private const int StartLatency = 1;

    // The writers have taken the row, and the next one's number is found.
    private const int NextCycles = 1;

    // The row's number in the buffer, the buffer's read, and the row itself, each behind a register; the write's address and strobes take no longer.
    private const int ReadCycles = 1 + HeadBuffer.Latency + 1;

    /// <summary>Begins a token: back to the first layer.</summary>
    public readonly Signal StartToken = Input(Bit);

    /// <summary>Begins a layer: q, k and v are complete.</summary>
    public readonly Signal StartLayer = Input(Bit);

    /// <summary>The current token's position.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Row of the head buffer wanted in the next cycle.</summary>
    public readonly Signal Address = Output(UInt(Sizes.AddressBits(HeadBuffer.Rows(configuration))));

    /// <summary>The row asked for in the cycle before.</summary>
    public readonly Signal Row = Input(configuration.Types.Head.Lanes(configuration.HeadLanes));

    /// <summary>Writes to the cache.</summary>
    public readonly StreamOut<KvWrite> Writes = Out(KvWrite.Shape(configuration, configuration.SuperBytes));

    /// <summary>A layer's vectors are still being written.</summary>
    public readonly Signal Busy = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "appends K and V to the cache";

    /// <summary>Cycles from one row to the next: reading it, and offering it until the writers have written all of its beats.</summary>
    public static int RowCycles(NodeConfiguration c) => ReadCycles + WriteEngine.RowCycles(c) + NextCycles;

    /// <summary>Cycles from <see cref="StartLayer"/> to the one in which the writers take a row.</summary>
    /// <param name="c">The node.</param>
    /// <param name="row">The row, from 0, of the keys and values of the node's heads.</param>
    public static long Latency(NodeConfiguration c, long row) => StartLatency + ReadCycles + (row * RowCycles(c)) + WriteEngine.RowCycles(c) - 1;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var parts = c.RowsPerPosition;
        Fsm<State>(out var state);
        Register(out var region, UInt(MemoryPort.ChannelAddressBits), reset: c.Cache.Base);
        Register(out var head, UInt(Sizes.AddressBits(c.NodeHeads)), reset: 0);
        Register(out var isValue, Bit, reset: 0);
        Register(out var part, UInt(Sizes.AddressBits(parts)), reset: 0);
        Counter(out var cycle, ReadCycles);
        var which = Mux(isValue, Const(UInt(2), 2), Const(UInt(2), 1));
        Address.Drive((((head * 3) + which) * parts + part).Truncate(Address.Width).Registered(name: "rowNumber"));

        // K: parts of a position lie together; V: each part has its own run over all positions.
        var row = parts == 1
            ? Position >> Sizes.CeilLog2(c.PositionsPerRow)
            : Mux(isValue, (part * c.Context) + Position, (Position * parts) + part);
        var address = (region + (row.Registered(name: "row") * c.SliceLanes)).Truncate(MemoryPort.ChannelAddressBits).Registered(name: "address");
        var data = Row.Registered(name: "data").Tile(c.PositionsPerRow);
        Writes.Valid.Drive(state.Is(State.Write));
        Writes.Data.Address.Drive(address);
        // K and V on channels of their own: the vector is offered to both, one of them is strobed.
        Writes.Data.Data.Drive(data.Tile(c.SuperBytes / c.KvBytes));
        var strobe = ActivationBuffer.LaneMask(Position, c.PositionsPerRow, c.HeadLanes).Registered(name: "strobe");
        Writes.Data.Strobe.Drive(c.SplitKv ? SplitStrobe(strobe, isValue.Registered()) : strobe);
        Busy.Drive(!state.Is(State.Idle));

        When(state.Is(State.Idle) & StartLayer, () => state.Go(State.Read));
        When(state.Is(State.Read), () =>
        {
            cycle.Step();
            When(cycle.IsLast, () => state.Go(State.Write));
        });
        When(Writes.Fire, () => state.Go(State.Next));
        When(state.Is(State.Next), () =>
        {
            state.Go(State.Read);
            When(part != parts - 1, () => part.Drive(part.WrapAdd(1))).Else(() =>
            {
                part.Drive(0);
                isValue.Drive(!isValue);
                NextVector(state, region, isValue, head);
            });
        });
        When(StartToken, () => region.Drive(c.Cache.Base));
    }

    /// <summary>K is followed by the same head's V, which has a region of its own unless they have channels of their own; V by the next head's K.</summary>
    private void NextVector(Fsm<State> state, Signal region, Signal isValue, Signal head)
    {
        var c = configuration;
        void NextRegion() => region.Drive(region.WrapAdd(c.Cache.RegionBytes));
        if (!c.SplitKv)
        {
            NextRegion();
        }

        When(isValue, () =>
        {
            if (c.SplitKv)
            {
                NextRegion();
            }

            head.Drive(Mux(head == c.NodeHeads - 1, 0, head.WrapAdd(1)));
            When(head == c.NodeHeads - 1, () => state.Go(State.Idle));
        });
    }

    private Signal SplitStrobe(Signal strobe, Signal isValue)
    {
        var c = configuration;
        var rest = c.SuperBytes - (2 * c.KvBytes);
        var zero = Const(Bit.Lanes(c.KvBytes), 0);
        var parts = new List<Signal> { Mux(isValue, zero, strobe), Mux(isValue, strobe, zero) };
        if (rest > 0)
        {
            parts.Add(Const(Bit.Lanes(rest), 0));
        }

        return SignalLanes.JoinLanes([.. parts]);
    }
}
