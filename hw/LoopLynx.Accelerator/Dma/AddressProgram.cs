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
    public static IReadOnlyList<HdlType> Types { get; } = [UInt(MemoryPort.ChannelAddressBits), UInt(LengthBits), UInt(2)];
}

/// <summary>
/// All reads of a token, in the order in which the program's steps consume them: parts of the weight stream, and the K and V rows of the heads.
/// It depends on the position only, so the DMA runs it ahead of compute as far as its FIFOs allow; without <c>RunAhead</c> each step's reads wait for the step.
/// </summary>
/// <remarks>
/// One run a cycle. Weights are one sequential stream through the whole token; K and V phases follow the order of <see cref="HeadSequencer"/>.
/// </remarks>
public sealed class AddressProgram(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from <see cref="Start"/> to the token's first run; without <c>RunAhead</c> from a step's first cycle to the step's.</summary>
    public const int StartLatency = 1;

    private const int Idle = 0;

    /// <summary>Begins a token.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Its position; stable during the token.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Number of the scheduler's step; looked at only without <c>RunAhead</c>.</summary>
    public readonly Signal CurrentStage = Input(Scheduler.StepType(configuration));

    /// <summary>The token's last layer, as <see cref="LoopLynxNode.LastLayer"/>.</summary>
    public readonly Signal? LastLayer = configuration.TakesLayers ? Input(UInt(Sizes.AddressBits(configuration.Layers))) : null;

    /// <summary>The runs.</summary>
    public readonly StreamOut<ReadRun> Runs = Out<ReadRun>(ReadRun.Types);

    /// <inheritdoc/>
    public override string Summary => "addresses of a whole token";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        IReadOnlyList<ProgramStep> readers = [.. c.Program.EachLayer.Where(s => s.Reads.Count > 0)];
        States(out var section, [nameof(Idle), .. readers.Select(s => s.Name)]);
        var places = readers.Select((step, i) => new Place(step, i + 1, readers.Count == i + 1 ? 1 : i + 2, c.Map.StreamBeats(step))).ToList();
        Counter(out var layer, UInt(Sizes.AddressBits(c.Layers)));
        var isLastLayer = Scheduler.IsLast(layer, LastLayer);
        Register(out var weights, UInt(MemoryPort.ChannelAddressBits), reset: 0);
        var cache = new CacheRuns(c, Position);

        var caching = places.Single(p => p.Step.Operation is Attend);
        Let(out var attention, section.Is(caching.State));
        var atFirst = (Position == 0).Registered(name: "atFirst");
        Let(out var empty, attention & atFirst);
        var rows = places.Where(p => p != caching).Aggregate(cache.Rows, (rest, p) => Mux(section.Is(p.State), Const(UInt(ReadRun.LengthBits), p.Beats), rest));
        Let(out var reached, c.RunAhead
            ? !section.Is(Idle)
            : places.Select(p => section.Is(p.State) & CurrentStage == p.Step.Code).Aggregate((a, b) => a | b));
        var (offers, skips, waits) = Offer(reached, empty);
        Runs.Valid.Drive(offers);
        Runs.Data.Address.Drive(Mux(attention, cache.Address, weights));
        Runs.Data.Beats.Drive((rows << Sizes.CeilLog2(c.Columns)).Truncate(ReadRun.LengthBits));
        var all = Const(UInt(2), (int)RunTarget.All);
        Runs.Data.Target.Drive(c.SplitKv ? Mux(attention, cache.Target, all) : all);
        Let(out var move, (offers & Runs.Ready) | skips);

        When(section.Is(Idle) & Start, () =>
        {
            section.Go(places[0].State);
            layer.Clear();
            weights.Drive(0);
            cache.StartToken();
        });
        foreach (var place in places)
        {
            When(section.Is(place.State) & move, () =>
            {
                if (place == caching)
                {
                    cache.Move(() => Leave(place));
                    return;
                }

                weights.Drive(weights.WrapAdd(place.Beats * c.SliceLanes));
                Leave(place);
            });
        }

        void Leave(Place place)
        {
            if (place.Next == caching.State)
            {
                cache.StartLayer();
            }

            waits();
            Next(section, (layer, isLastLayer), place, isLast: place == places[^1]);
        }
    }

    /// <summary>
    /// Whether a run is offered, and whether one is left out because there is none. Where the scheduler's step is waited for, both are registers: it is
    /// compared a cycle before, and <c>Waits</c> says that it isn't in the next step yet.
    /// </summary>
    private (Signal Offers, Signal Skips, Action Waits) Offer(Signal reached, Signal empty)
    {
        var offers = reached & !empty;
        var skips = reached & empty;
        if (configuration.RunAhead)
        {
            return (offers, skips, () => { });
        }

        Register(out var offering, Bit, reset: 0);
        Register(out var skipping, Bit, reset: 0);
        offering.Drive(offers);
        skipping.Drive(skips);
        return (offering, skipping, () =>
        {
            offering.Drive(0);
            skipping.Drive(0);
        }
        );
    }

    /// <summary>On to the next place; behind the last one to the next layer, or to the token's end.</summary>
    private void Next(StateRegister section, (Counter Number, Signal? IsLast) layer, Place place, bool isLast)
    {
        if (!isLast)
        {
            section.Go(place.Next);
            return;
        }

        layer.Number.Step();
        When(layer.IsLast ?? layer.Number.Value == configuration.Layers - 1, () => section.Go(Idle)).Else(() => section.Go(place.Next));
    }

    /// <summary>A step that reads: its state here, the state after it, and the row beats of its part of the weight stream.</summary>
    private sealed record Place(ProgramStep Step, int State, int Next, long Beats);
}
