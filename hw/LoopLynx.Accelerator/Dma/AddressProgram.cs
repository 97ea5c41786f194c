namespace LoopLynx.Accelerator;

/// <summary>A run of consecutive beats in every channel: byte address, and how many beats (at least 1).</summary>
public sealed record ReadRun(Signal Address, Signal Beats);

/// <summary>
/// All reads of a token, in the order in which the kernels consume them: for each layer the constants and QKV weights, the K and V rows of the heads, the remaining weights.
/// The same program serves every channel. It depends on the position only, so the DMA runs it ahead of compute as far as its FIFOs allow.
/// </summary>
/// <remarks>One run a cycle. Weights are one sequential stream through the whole token; K and V phases follow the order of <see cref="HeadSequencer"/>.</remarks>
public sealed class AddressProgram(NodeConfiguration configuration) : Module
{
    private enum State
    {
        Idle,
        Before,
        Heads,
        After,
    }

    /// <summary>Bits of a run's length.</summary>
    public const int LengthBits = 24;

    /// <summary>Begins a token.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Its position; stable during the token.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The runs.</summary>
    public readonly StreamOut<ReadRun> Runs = Out<ReadRun>([UInt(AxiPort.AddressBits), UInt(LengthBits)]);

    /// <inheritdoc/>
    public override string Summary => "addresses of a whole token";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var parts = c.RowsPerPosition;
        var regionBytes = c.KvRows * c.Lanes;
        Fsm<State>(out var state);
        Register(out var layer, UInt(Sizes.AddressBits(c.Layers)), reset: 0);
        Register(out var weights, UInt(AxiPort.AddressBits), reset: 0);
        Register(out var keys, UInt(AxiPort.AddressBits), reset: c.KvBase);
        Register(out var values, UInt(AxiPort.AddressBits), reset: c.KvBase + regionBytes);
        var order = new HeadOrder(c);
        var isValue = order.IsValue;
        Register(out var part, UInt(Sizes.AddressBits(parts)), reset: 0);

        // Beats of a phase's run: all parts of a head's K lie together, each part of its V has a run of its own.
        var rows = parts == 1 ? HeadSequencer.MemoryRows(c, Position).Extend(LengthBits) : Mux(isValue, Position.Extend(LengthBits), (Position * parts).Extend(LengthBits));
        var valuePart = parts == 1 ? values : (values + (part * (c.Context * c.Lanes))).Truncate(AxiPort.AddressBits);
        Let(out var empty, state.Is(State.Heads) & Position == 0);
        Runs.Valid.Drive(!state.Is(State.Idle) & !empty);
        Runs.Data.Address.Drive(Mux(state.Is(State.Heads), Mux(isValue, valuePart, keys), weights));
        Runs.Data.Beats.Drive(Mux(state.Is(State.Heads), rows, Mux(state.Is(State.Before), Const(UInt(LengthBits), c.BeatsBeforeAttention), Const(UInt(LengthBits), c.BeatsAfterAttention))));

        Let(out var lastPart, !isValue | part == parts - 1);
        Let(out var move, Runs.Fire | empty);

        When(state.Is(State.Idle) & Start, () =>
        {
            state.Go(State.Before);
            layer.Drive(0);
            weights.Drive(0);
            keys.Drive(c.KvBase);
            values.Drive(c.KvBase + regionBytes);
        });
        When(state.Is(State.Before) & move, () =>
        {
            weights.Drive(weights.WrapAdd(c.BeatsBeforeAttention * c.Lanes));
            state.Go(State.Heads);
            order.Restart();
        });
        When(state.Is(State.Heads) & move, () =>
        {
            When(!lastPart, () => part.Drive(part.WrapAdd(1))).Else(() =>
            {
                part.Drive(0);
                order.Next();
                When(isValue, () => values.Drive(values.WrapAdd(2 * regionBytes))).Else(() => keys.Drive(keys.WrapAdd(2 * regionBytes)));
                When(order.LastPhase, () => state.Go(State.After));
            });
        });
        When(state.Is(State.After) & move, () =>
        {
            weights.Drive(weights.WrapAdd(c.BeatsAfterAttention * c.Lanes));
            layer.Drive(layer.WrapAdd(1));
            state.Go(layer == c.Layers - 1, State.Idle, State.Before);
        });
    }
}
