namespace LoopLynx.Accelerator;

/// <summary>
/// What a node's kernels share: the scheduler, the memory, the buffers, the residual, the router. A kernel is built into it, takes streams and signals from
/// here and gives its own.
/// </summary>
public sealed class NodeRooms
{
    private readonly List<Signal> _starves = [];
    private readonly List<Signal> _moves = [];

    internal NodeRooms(LoopLynxNode node, NodeConfiguration configuration)
    {
        (Node, Configuration) = (node, configuration);
        Stage = new StageControl(configuration, node);
        Instance(out var memory, new MemoryInterface(configuration));
        Instance(out var loader, new ConstantLoader(configuration));
        Instance(out var norm, new LayerNormKernel(configuration));
        Results = new ResultRouting(configuration, node, Stage);
        Instance(out var activations, new ActivationBuffer(configuration));
        (Memory, Loader, Residual, Activations) = (memory, loader, norm, activations);
        Completion = new StageCompletion(configuration, Stage);
        Wire(out var writesDone, Bit);
        WritesDone = writesDone;
        Weights = ConnectMemory();
        ConnectResidual();
        IReadOnlyList<ProgramStep> filling = [.. Program.EachLayer.Where(s => s.Result is { } r && Buffers.IsActivation(r.Buffer))];
        activations.FirstRow.Drive(Stage.Choose(activations.FirstRow.Type, filling, s => Program.ActivationBufferOf(s.Result!.Buffer).FirstRow));
    }

    /// <summary>The node with its ports.</summary>
    public LoopLynxNode Node { get; }

    /// <summary>What is built.</summary>
    public NodeConfiguration Configuration { get; }

    /// <summary>What the node does with a token.</summary>
    public LayerProgram Program => Configuration.Program;

    /// <summary>Which step runs.</summary>
    public StageControl Stage { get; }

    /// <summary>The memory channels.</summary>
    public MemoryInterface Memory { get; }

    /// <summary>Constants at the head of a layer.</summary>
    public ConstantLoader Loader { get; }

    /// <summary>The residual stream, with the norms over it.</summary>
    public LayerNormKernel Residual { get; }

    /// <summary>The activation vectors.</summary>
    public ActivationBuffer Activations { get; }

    /// <summary>Results on their way.</summary>
    public ResultRouting Results { get; }

    /// <summary>When steps are over.</summary>
    public StageCompletion Completion { get; }

    /// <summary>Super-beats of weights and their row constants.</summary>
    public Stream<Signal> Weights { get; }

    /// <summary>All writes to the cache have been answered; driven by the kernel that writes.</summary>
    public Signal WritesDone { get; }

    /// <summary>Counts cycles in which a stream's consumer is ready and the memory hasn't delivered, for measurements.</summary>
    public void Starves(Stream<Signal> consumer) => _starves.Add(consumer.Ready & !consumer.Valid);

    /// <summary>Connects what the kernels have given.</summary>
    internal void Connect()
    {
        Results.Connect(Activations);
        Residual.Delta.Drive(Results.To(ResultPlace.Residual)
            .Map(r => new ResidualRow(r.Index.Resize(Residual.Delta.Data.Index.Width), r.Values.Truncate(Configuration.Types.Residual.Width))));
        Completion.Connect(Results, Activations, Residual.Updated);
        // For measurements alone, so behind registers, as the step is that is shown beside it.
        var moves = _moves.Aggregate(Residual.Sweeps | Residual.Embedding.Fire, (a, b) => a | b).RegisteredReset(0, name: "moves");
        var starves = _starves.Aggregate((a, b) => a | b).RegisteredReset(0, name: "starves");
        var awaits = Results.Awaits.RegisteredReset(0, name: "awaits");
        Signal Is(Activity activity) => Const(LoopLynxNode.ActivityType, (int)activity);
        var still = Mux(starves, Is(Activity.Memory), Mux(awaits, Is(Activity.Ring), Is(Activity.Dependency)));
        Node.CurrentActivity.Drive(Mux(moves, Is(Activity.Busy), still).Registered());
        Node.CurrentStage.Drive(Stage.Current.DelayedReset(LoopLynxNode.ShownLatency));
    }

    /// <summary>Reads run ahead from the token's first cycle; the step decides who consumes the stream.</summary>
    private Stream<Signal> ConnectMemory()
    {
        foreach (var (port, inner) in Node.Channel.Zip(Memory.Channel))
        {
            port.Drive(inner);
        }

        Memory.Start.Drive(Stage.Begins(Program.Steps[0]));
        Memory.Position.Drive(Stage.Position);
        Memory.CurrentStage.Drive(Stage.Current);
        Memory.ReadPace?.Drive(Node.ReadPace!);
        Memory.LastLayer?.Drive(Node.LastLayer!);
        Node.WriteFailed.Drive(Memory.WriteFailed);
        Node.ReadFailed.Drive(Memory.ReadFailed);
        Memory.InAttention.Drive(Stage.Next(Program.EachLayer.Where(s => s.Operation is Attend)));
        Memory.InConstants.Drive(Stage.Next([Program.Constants]));
        _moves.AddRange([Memory.Weights.Fire, Memory.Constants.Fire, .. Memory.Rows.Select(r => r.Fire)]);
        Loader.Beats.Drive(Memory.Constants);
        Starves(Loader.Beats);
        return Memory.Weights;
    }

    private void ConnectResidual()
    {
        Residual.Norm.Drive(Loader.To(Receivers.Norm));
        Residual.Scalars.Drive(Loader.To(Receivers.Scalars));
        Residual.RestartConstants.Drive(Stage.Begins(Program.Constants));
        if (Node.Ring is not null)
        {
            Residual.NodeId?.Drive(Node.Ring.NodeId);
        }
    }
}
