namespace LoopLynx.Accelerator;

/// <summary>
/// The fused LN&amp;Res kernel: the residual stream with its running sums, and the layer norm that turns it into int8 activations.
/// </summary>
/// <remarks>
/// Adding takes a packet a cycle; normalising takes <see cref="Latency"/> and a packet a cycle. Source: LoopLynx III-C (critical path), Fig. 4(a);
/// the paper's kernel computes in fp32, ours in integers.
/// </remarks>
public sealed class LayerNormKernel(NodeConfiguration configuration) : Module
{
    /// <summary>Super-beats of gamma and beta.</summary>
    public readonly StreamIn<Signal> Norm = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Super-beats of the layer's scalars.</summary>
    public readonly StreamIn<Signal> Scalars = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>A new layer's constants follow.</summary>
    public readonly Signal RestartConstants = Input(Bit);

    /// <summary>The token's embedding: replaces the residual.</summary>
    public readonly StreamIn<Signal> Embedding = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>Results to add to the residual, each row once.</summary>
    public readonly StreamIn<ResidualRow> Delta = In(ResidualRow.Shape(configuration));

    /// <summary>1 for one cycle when a whole vector has been loaded or added.</summary>
    public readonly Signal Updated = Output(Bit);

    /// <summary>This node's number; null where every node normalises the whole vector.</summary>
    public readonly Signal? NodeId = configuration.SharesNorm ? Input(UInt(Sizes.AddressBits(configuration.Nodes))) : null;

    /// <summary>Begins to normalise.</summary>
    public readonly Signal StartNormalise = Input(Bit);

    /// <summary>The norm's parameter set; stable while it runs.</summary>
    public readonly Signal Slot = Input(NormParameters.SlotType(configuration));

    /// <summary>Normalised int8 activations.</summary>
    public readonly StreamOut<ActivationWrite> Normalised = Out(ActivationWrite.Shape(configuration));

    /// <summary>Begins to emit the residual.</summary>
    public readonly Signal StartEmit = Input(Bit);

    /// <summary>The residual, in order.</summary>
    public readonly StreamOut<Signal> Hidden = Out(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>1 for one cycle when the last emitted packet has been taken, and a cycle later than that for the last normalised one.</summary>
    public readonly Signal Done = Output(Bit);

    /// <summary>A row of a pass over the vector has moved in the cycle before.</summary>
    public readonly Signal Sweeps = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "residual addition and layer norm";

    /// <summary>Cycles from <see cref="StartNormalise"/> to the first normalised packet: sums, statistics, sweep, normalisation.</summary>
    public static int Latency(NodeConfiguration c) =>
        ResidualStore.SumLatency(c) + NormStatistics.Latency(c) + ResidualStore.SweepLatency + Normaliser.Latency(c);

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var store, new ResidualStore(c));
        Instance(out var normParameters, new NormParameters(c));
        Instance(out var normaliser, new Normaliser(c));

        store.Embedding.Drive(Embedding);
        store.Delta.Drive(Delta);
        Updated.Drive(store.Updated);

        normParameters.Norm.Drive(Norm);
        normParameters.Scalars.Drive(Scalars);
        normParameters.Restart.Drive(RestartConstants);
        normParameters.Slot.Drive(Slot);
        normParameters.Address.Drive(normaliser.ParameterAddress);

        store.StartSums.Drive(StartNormalise);
        var statistics = Statistics(store, normParameters.Epsilon);

        var rows = ResidualStore.RowCount(c);
        Register(out var emitting, Bit, reset: 0);
        When(StartEmit, () => emitting.Drive(1)).ElseWhen(StartNormalise, () => emitting.Drive(0));
        store.StartSweep.Drive(statistics.Done | StartEmit);
        var (first, last) = NodeRows(store.FirstRow.Type);
        store.FirstRow.Drive(Mux(StartEmit, Const(first.Type, 0), first));
        store.LastRow.Drive(Mux(emitting, Const(first.Type, rows - 1), last));
        var targets = store.Rows.Demultiplex(emitting, 2, "sweep");
        normaliser.Rows.Drive(targets[0]);
        normaliser.Total.Drive(statistics.Total);
        normaliser.Mantissa.Drive(statistics.Mantissa);
        normaliser.Exponent.Drive(statistics.Exponent);
        normaliser.Fraction.Drive(normParameters.Fraction);
        normaliser.Gamma.Drive(normParameters.Gamma);
        normaliser.Beta.Drive(normParameters.Beta);
        Normalised.Drive(normaliser.Output);
        Hidden.Drive(targets[1].Map(row => row.Values));

        Sweeps.Drive((store.Rows.Fire | store.Passing).RegisteredReset(0));
        var end = rows - 1;
        var normalised = (Normalised.Data.Index == end).Registered(name: "normalisedEnd") & Normalised.Fire.RegisteredReset(0, null, "normalisedTaken");
        Done.Drive((normalised | (Hidden.Fire & targets[1].Data.Index == end)).RegisteredReset(0));
    }

    /// <summary>First and last row that the node normalises; a node's number doesn't change.</summary>
    private (Signal First, Signal Last) NodeRows(HdlType type)
    {
        var part = ResidualStore.RowCount(configuration) / configuration.Nodes;
        Signal Row(int offset) => NodeId is null ? Const(type, offset) : Enumerable.Range(1, configuration.Nodes - 1)
            .Aggregate(Const(type, offset), (rest, node) => Mux(NodeId == node, Const(type, (node * part) + offset), rest)).Registered();
        return (Row(0), Row((NodeId is null ? ResidualStore.RowCount(configuration) : part) - 1));
    }

    /// <summary>What the sums decide, by the kind of the norm that runs: one unit for each kind that the program has.</summary>
    private Measured Statistics(ResidualStore store, Signal epsilon)
    {
        var c = configuration;
        var norms = c.Program.EachLayer.Where(s => s.Operation is Normalise).Select(s => (((Normalise)s.Operation).Slot, Kind: (NormBinding)c.Operations.Of(s)))
            .ToList();
        Measured? chosen = null;
        foreach (var (kind, i) in norms.Select(n => n.Kind).Distinct().Select((kind, i) => (kind, i)))
        {
            var unit = Instance(kind.Statistics(c), i == 0 ? "statistics" : $"statistics{i}");
            unit.Start.Drive(store.Summed);
            unit.Totals.Drive(store.Totals);
            unit.Squares.Drive(store.Squares);
            unit.Epsilon.Drive(epsilon);
            var measured = new Measured(unit.Total, unit.Mantissa, unit.Exponent, unit.Done);
            if (chosen is null)
            {
                chosen = measured;
                continue;
            }

            var isKind = norms.Where(n => n.Kind == kind).Select(n => Slot == n.Slot).Aggregate((a, b) => a | b);
            chosen = new Measured(
                Mux(isKind, measured.Total, chosen.Total), Mux(isKind, measured.Mantissa, chosen.Mantissa),
                Mux(isKind, measured.Exponent, chosen.Exponent), Mux(isKind, measured.Done, chosen.Done));
        }

        return chosen!;
    }

    /// <summary>Outputs of a statistics unit.</summary>
    private sealed record Measured(Signal Total, Signal Mantissa, Signal Exponent, Signal Done);
}
