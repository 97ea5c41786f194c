namespace LoopLynx.Accelerator;

/// <summary>Which channels a run concerns.</summary>
public enum RunTarget
{
    /// <summary>All: weights, constants, and KV rows that lie across all channels.</summary>
    All,

    /// <summary>The channels of K.</summary>
    Keys,

    /// <summary>The channels of V.</summary>
    Values,
}

/// <summary>A run of consecutive beats in every channel of its target: byte address, and how many beats (at least 1).</summary>
public sealed record ReadRun(Signal Address, Signal Beats, Signal Target)
{
    /// <summary>Bits of a run's length.</summary>
    public const int LengthBits = 24;

    /// <summary>Field types.</summary>
    public static IReadOnlyList<HdlType> Types { get; } = [UInt(AxiPort.AddressBits), UInt(LengthBits), UInt(2)];
}

/// <summary>
/// All reads of a token, in the order in which the kernels consume them: for each layer the constants and QKV weights, the K and V rows of the heads, the remaining weights.
/// It depends on the position only, so the DMA runs it ahead of compute as far as its FIFOs allow; without <c>RunAhead</c> each section waits for its stage.
/// </summary>
/// <remarks>One run a cycle. Weights are one sequential stream through the whole token; K and V phases follow the order of <see cref="HeadSequencer"/>.</remarks>
public sealed class AddressProgram(NodeConfiguration configuration) : Module
{
    // In the order of the stream.
    private enum Section
    {
        Idle,
        Constants,
        Qkv,
        Attention,
        Project,
        FeedForward1,
        FeedForward2,
    }

    /// <summary>Begins a token.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Its position; stable during the token.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The scheduler's stage; looked at only without <c>RunAhead</c>.</summary>
    public readonly Signal CurrentStage = Input(Scheduler.StageType);

    /// <summary>The runs.</summary>
    public readonly StreamOut<ReadRun> Runs = Out<ReadRun>(ReadRun.Types);

    /// <inheritdoc/>
    public override string Summary => "addresses of a whole token";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var parts = c.RowsPerPosition;
        var weightSections = new (Section Section, Stage Stage, int Rows)[]
        {
            (Section.Constants, Stage.Constants, c.LayerConstantBeats),
            (Section.Qkv, Stage.Qkv, c.MatrixBeats(3 * c.Embed, c.Embed)),
            (Section.Project, Stage.Project, c.MatrixBeats(c.Embed, c.Embed)),
            (Section.FeedForward1, Stage.FeedForward1, c.MatrixBeats(c.FeedForward, c.Embed)),
            (Section.FeedForward2, Stage.FeedForward2, c.MatrixBeats(c.Embed, c.FeedForward)),
        };
        Fsm<Section>(out var section);
        Register(out var layer, UInt(Sizes.AddressBits(c.Layers)), reset: 0);
        Register(out var weights, UInt(AxiPort.AddressBits), reset: 0);
        var valueBase = c.KvBase + (c.SplitKv ? 0 : c.KvRegionBytes);
        Register(out var keys, UInt(AxiPort.AddressBits), reset: c.KvBase);
        Register(out var values, UInt(AxiPort.AddressBits), reset: valueBase);
        var order = new HeadOrder(c, HeadPhases.Both);
        var isValue = order.IsValue;
        Register(out var part, UInt(Sizes.AddressBits(parts)), reset: 0);

        // Rows of a phase's run: all parts of a head's K lie together, each part of its V has a run of its own.
        var kvRows = parts == 1 ? HeadSequencer.MemoryRows(c, Position).Extend(ReadRun.LengthBits) : Mux(isValue, Position.Extend(ReadRun.LengthBits), (Position * parts).Extend(ReadRun.LengthBits));
        var valuePart = parts == 1 ? values : (values + (part * (c.Context * c.SliceLanes))).Truncate(AxiPort.AddressBits);
        Let(out var attention, section.Is(Section.Attention));
        Let(out var empty, attention & Position == 0);
        var rows = weightSections.Aggregate(kvRows, (rest, w) => Mux(section.Is(w.Section), Const(UInt(ReadRun.LengthBits), w.Rows), rest));
        Signal Waits(Section s, Stage stage) => section.Is(s) & CurrentStage != (int)stage;
        Signal waits = c.RunAhead ? Const(Bit, 0) : weightSections.Aggregate(Waits(Section.Attention, Stage.Attention), (rest, w) => rest | Waits(w.Section, w.Stage));
        Runs.Valid.Drive(!section.Is(Section.Idle) & !empty & !waits);
        Runs.Data.Address.Drive(Mux(attention, Mux(isValue, valuePart, keys), weights));
        Runs.Data.Beats.Drive((rows << Sizes.CeilLog2(c.Columns)).Truncate(ReadRun.LengthBits));
        var target = Mux(attention, Mux(isValue, Const(UInt(2), (int)RunTarget.Values), Const(UInt(2), (int)RunTarget.Keys)), Const(UInt(2), (int)RunTarget.All));
        Runs.Data.Target.Drive(c.SplitKv ? target : Const(UInt(2), (int)RunTarget.All));

        Let(out var lastPart, !isValue | part == parts - 1);
        Let(out var move, Runs.Fire | (empty & !waits));

        When(section.Is(Section.Idle) & Start, () =>
        {
            section.Go(Section.Constants);
            layer.Drive(0);
            weights.Drive(0);
            keys.Drive(c.KvBase);
            values.Drive(valueBase);
        });
        foreach (var w in weightSections)
        {
            When(section.Is(w.Section) & move, () =>
            {
                weights.Drive(weights.WrapAdd(w.Rows * c.SliceLanes));
                if (w.Section == Section.FeedForward2)
                {
                    layer.Drive(layer.WrapAdd(1));
                    section.Go(layer == c.Layers - 1, Section.Idle, Section.Constants);
                }
                else
                {
                    section.Go(w.Section + 1);
                }

                if (w.Section == Section.Qkv)
                {
                    order.Restart();
                }
            });
        }

        When(attention & move, () =>
        {
            When(!lastPart, () => part.Drive(part.WrapAdd(1))).Else(() =>
            {
                part.Drive(0);
                order.Next();
                When(isValue, () => values.Drive(values.WrapAdd(c.KvHeadStride))).Else(() => keys.Drive(keys.WrapAdd(c.KvHeadStride)));
                When(order.LastPhase, () => section.Go(Section.Project));
            });
        });
    }
}
