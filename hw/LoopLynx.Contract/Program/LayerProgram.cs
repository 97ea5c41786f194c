namespace LoopLynx.Contract;

/// <summary>
/// What a machine does with a pass of tokens, in order: steps before the layers, the steps of each layer, steps after them. Scheduler, address program,
/// constant loading, result routing, latency model, memory image and traces are derived from it; a step's place or number means nothing else.
/// </summary>
public sealed class LayerProgram
{
    private LayerProgram(ModelDescription model, NumericPlan plan, MachineShape machine, IReadOnlyList<int>? codes)
    {
        (Model, Plan, Machine) = (model, plan, machine);
        var block = model.Block;
        ActivationBuffers = ActivationVector.Of(block, model, machine);
        Step constants = new("Constants", new Transport(TransportKind.Constants), Buffers.Memory);
        List<Step> all =
        [
            new("Load", new Transport(TransportKind.Load), Buffers.Host, new Result(Buffers.Residual, [ValueKind.Residual])),
            constants,
            .. block,
            new("Flush", new Transport(TransportKind.Flush), Buffers.Memory),
            new("Emit", new Transport(TransportKind.Emit), Buffers.Residual, new Result(Buffers.Host, [ValueKind.Residual])),
        ];
        Steps = [.. all.Select((step, i) => new ProgramStep(step, i, codes is null ? i + 1 : codes[i], ReadsOf(step), Exchanges(step), CompletionOf(step)))];
        (Before, EachLayer, After) = ([.. Steps.Take(1)], [.. Steps.Skip(1).Take(block.Count + 1)], [.. Steps.Skip(block.Count + 2)]);
    }

    /// <summary>The model.</summary>
    public ModelDescription Model { get; }

    /// <summary>The formats.</summary>
    public NumericPlan Plan { get; }

    /// <summary>The machine.</summary>
    public MachineShape Machine { get; }

    /// <summary>Steps before the first layer.</summary>
    public IReadOnlyList<ProgramStep> Before { get; }

    /// <summary>Steps of a layer.</summary>
    public IReadOnlyList<ProgramStep> EachLayer { get; }

    /// <summary>Steps after the last layer.</summary>
    public IReadOnlyList<ProgramStep> After { get; }

    /// <summary>All steps, in order.</summary>
    public IReadOnlyList<ProgramStep> Steps { get; }

    /// <summary>The vectors of the activation memory, in the order of their first use.</summary>
    public IReadOnlyList<ActivationVector> ActivationBuffers { get; }

    /// <summary>Parameter sets of the norms.</summary>
    public int NormSlots => EachLayer.Count(s => s.Operation is Normalise);

    /// <summary>Tables of the activation function.</summary>
    public int UnarySlots => EachLayer.Count(s => s.Step.Unary is not null);

    /// <summary>The products of a layer.</summary>
    public IEnumerable<(ProgramStep Step, Product Product)> Products => EachLayer.Where(s => s.Operation is Product).Select(s => (s, (Product)s.Operation));

    /// <summary>The step of a layer that loads its constants.</summary>
    public ProgramStep Constants => EachLayer[0];

    /// <summary>The program of a machine for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="plan">The formats.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="codes">Numbers of the steps in the hardware, by index: a permutation of 1 ... steps; null: 1, 2, 3 ...</param>
    /// <exception cref="ConfigurationException">The model, the machine or the block breaks a rule.</exception>
    public static LayerProgram Create(ModelDescription model, NumericPlan plan, MachineShape machine, IReadOnlyList<int>? codes = null)
    {
        ShapeRules.Check(model, plan, machine);
        BlockRules.Check(model);
        return new LayerProgram(model, plan, machine, codes);
    }

    /// <summary>The vector of the activation memory of that name.</summary>
    public ActivationVector ActivationBufferOf(string name) => ActivationBuffers.First(b => b.Name == name);

    /// <summary>Values of a step's result that this node makes: all of them where every node makes the whole vector.</summary>
    public int OwnValues(ProgramStep step) => step.Operation.Outputs(Model) / (step.Operation is Normalise && !Machine.SharesNorm ? 1 : Machine.Nodes);

    /// <summary>Packets of a step's result that land on every node.</summary>
    public int LandingPackets(ProgramStep step) =>
        step.Operation.Outputs(Model) / Machine.PacketLanes / (step.Exchanges || step.Operation is Normalise ? 1 : Machine.Nodes);

    private bool Exchanges(Step step) => step switch
    {
        { Operation: Normalise } => Machine.SharesNorm,
        { Result.Buffer: Buffers.Heads } => !Machine.LocalHeads,
        { Operation: Transport } => false,
        _ => step.Result is not null,
    };

    private static Completion CompletionOf(Step step) => step switch
    {
        { Operation: Transport { Kind: TransportKind.Constants } } => Completion.ConstantsDelivered,
        { Operation: Transport { Kind: TransportKind.Flush } } => Completion.WritesAnswered,
        { Operation: Transport { Kind: TransportKind.Emit } } => Completion.Emitted,
        { Result.Buffer: Buffers.Residual } => Completion.ResidualUpdated,
        { Operation: Attend } => Completion.PacketsLandedAndIdle,
        _ => Completion.PacketsLanded,
    };

    private List<Section> ReadsOf(Step step) => step.Operation switch
    {
        Transport { Kind: TransportKind.Constants } => LayerConstants.Of(Model, Machine),
        Product product => [new Section(product.Matrix, SectionLookup.Stream, BytesOf(product), Receivers.Product, Slot: 0)],
        Attend => [new Section("Cache", SectionLookup.Cache, 0, Receivers.Attention, Slot: 0)],
        _ => [],
    };

    private long BytesOf(Product product) => Plan.Weights.RowBytes(product.Columns) * (product.Rows / Machine.Nodes);
}
