namespace LoopLynx.Accelerator;

/// <summary>The runs of K and V rows of a layer's heads, in the order of attention: registers and values in the module that is being built.</summary>
internal sealed class CacheRuns
{
    private readonly NodeConfiguration _c;
    private readonly HeadOrder _order;
    private readonly Signal _keys;
    private readonly Signal _values;
    private readonly Signal _part;

    /// <summary>Makes the registers.</summary>
    /// <param name="c">The node.</param>
    /// <param name="position">The token's position.</param>
    public CacheRuns(NodeConfiguration c, Signal position)
    {
        _c = c;
        var parts = c.RowsPerPosition;
        Register(out var keys, UInt(MemoryPort.ChannelAddressBits), reset: c.Cache.Base);
        Register(out var values, UInt(MemoryPort.ChannelAddressBits), reset: c.Cache.ValueBase);
        _order = new HeadOrder(c, HeadPhases.Both);
        Register(out var part, UInt(Sizes.AddressBits(parts)), reset: 0);
        (_keys, _values, _part) = (keys, values, part);

        // Rows of a phase's run: all parts of a head's K lie together, each part of its V has a run of its own.
        // The position stands before the token begins.
        var whole = (parts == 1 ? HeadSequencer.MemoryRows(c, position) : position * parts).Extend(ReadRun.LengthBits).Registered(name: "rows");
        Rows = parts == 1 ? whole : Mux(_order.IsValue, position.Registered(name: "valueRows").Extend(ReadRun.LengthBits), whole);
        var valuePart = parts == 1 ? values : (values + (part * (c.Context * c.SliceLanes))).Truncate(MemoryPort.ChannelAddressBits);
        Address = Mux(_order.IsValue, valuePart, keys);
        Target = Mux(_order.IsValue, Const(UInt(2), (int)RunTarget.Values), Const(UInt(2), (int)RunTarget.Keys));
    }

    /// <summary>Rows of the present run.</summary>
    public Signal Rows { get; }

    /// <summary>Its address.</summary>
    public Signal Address { get; }

    /// <summary>The channels that it concerns, where K and V have their own.</summary>
    public Signal Target { get; }

    /// <summary>Back to the first layer's first head, where the surrounding conditions hold.</summary>
    public void StartToken()
    {
        _keys.Drive(_c.Cache.Base);
        _values.Drive(_c.Cache.ValueBase);
    }

    /// <summary>Back to the first phase, where the surrounding conditions hold.</summary>
    public void StartLayer() => _order.Restart();

    /// <summary>On to the next run, where the surrounding conditions hold; <paramref name="leave"/> after the layer's last.</summary>
    public void Move(Action leave)
    {
        Let(out var lastPart, !_order.IsValue | _part == _c.RowsPerPosition - 1);
        When(!lastPart, () => _part.Drive(_part.WrapAdd(1))).Else(() =>
        {
            _part.Drive(0);
            _order.Next();
            When(_order.IsValue, () => _values.Drive(_values.WrapAdd(_c.Cache.HeadStride))).Else(() => _keys.Drive(_keys.WrapAdd(_c.Cache.HeadStride)));
            When(_order.LastPhase, leave);
        });
    }
}
