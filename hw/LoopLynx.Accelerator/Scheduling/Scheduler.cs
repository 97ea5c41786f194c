namespace LoopLynx.Accelerator;

/// <summary>
/// Runs the macro dataflow kernels one after another, in the order of the layer program, and reuses them for every layer. Source: LoopLynx III-A, scheduler;
/// III-B, Fig. 3(c).
/// </summary>
/// <remarks>A step ends with the pulse that says that its last result has landed in its buffer; the next begins <see cref="Latency"/> later.</remarks>
public sealed class Scheduler(NodeConfiguration configuration) : Module
{
    /// <summary>Number of the step in which nothing is done: the scheduler waits for a token.</summary>
    public const int Idle = 0;

    /// <summary>Cycles from a token that is taken, and from <see cref="StageDone"/>, to the first cycle of the step that comes.</summary>
    public const int Latency = 1;

    /// <summary>Cycles from a product's first to its command.</summary>
    public const int CommandLatency = 1;

    /// <summary>Position of a token to run; taken when the node is idle.</summary>
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Number of the present step.</summary>
    public readonly Signal Current = Output(StepType(configuration));

    /// <summary>1 in the first cycle of a step.</summary>
    public readonly Signal Begin = Output(Bit);

    /// <summary>The token's position.</summary>
    public readonly Signal Position = Output(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The present step's work is complete.</summary>
    public readonly Signal StageDone = Input(Bit);

    /// <summary>The token's last layer, as <see cref="LoopLynxNode.LastLayer"/>.</summary>
    public readonly Signal? LastLayer = configuration.TakesLayers ? Input(UInt(Sizes.AddressBits(configuration.Layers))) : null;

    /// <summary>Products for the matrix processor.</summary>
    public readonly StreamOut<MatrixCommand> Matrix = Out(MatrixCommand.Shape(configuration));

    /// <inheritdoc/>
    public override string Summary => "schedule of a token";

    /// <summary>
    /// Where the host says which layer is the token's last: whether the present one is; else null. It comes a cycle behind the layer: no two layers end in as
    /// few cycles.
    /// </summary>
    internal static Signal? IsLast(Counter layer, Signal? last) => last is null ? null : (layer.Value == last).Registered(name: "isLastLayer");

    /// <summary>Type of a step's number.</summary>
    public static HdlType StepType(NodeConfiguration c) => UInt(Sizes.AddressBits(c.Program.Steps.Count + 1));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var program = c.Program;
        States(out var stage, [nameof(Idle), .. program.Steps.OrderBy(s => s.Code).Select(s => s.Name)]);
        Register(out var begin, Bit, reset: 0);
        Counter(out var layer, UInt(Sizes.AddressBits(c.Layers)));
        var isLastLayer = IsLast(layer, LastLayer);
        Register(out var position, Position.Type, reset: 0);
        Token.Ready.Drive(stage.Is(Idle));
        Position.Drive(position);
        Current.Drive(stage.State);
        Begin.Drive(begin);
        begin.Drive(0);

        void Then(ProgramStep next)
        {
            stage.Go(next.Code);
            begin.Drive(1);
        }

        Switch(stage.State, s =>
        {
            s.Case(Idle, () => When(Token.Fire, () =>
            {
                position.Drive(Token.Data);
                layer.Clear();
                Then(program.Steps[0]);
            }));
            foreach (var step in program.Steps)
            {
                s.Case(step.Code, () => When(StageDone, () => Leave(step)));
            }
        });

        void Leave(ProgramStep step)
        {
            if (step == program.EachLayer[^1])
            {
                layer.Step();
                When(isLastLayer ?? layer.Value == c.Layers - 1, () => Then(program.After[0])).Else(() => Then(program.EachLayer[0]));
            }
            else if (step == program.Steps[^1])
            {
                stage.Go(Idle);
            }
            else
            {
                Then(program.Steps[step.Index + 1]);
            }
        }

        Commands(stage, begin);
    }

    /// <summary>The products of a layer: groups of rows, beats of a row, and where the input vector lies.</summary>
    private void Commands(StateRegister stage, Signal begin)
    {
        var c = configuration;
        Register(out var command, Bit, reset: 0);
        var products = c.Program.Products.Select(p => (p.Step, Layout: c.Map.ProductOf(p.Product.Matrix))).ToList();
        var isProduct = products.Select(p => stage.Is(p.Step.Code)).Aggregate((a, b) => a | b);
        When(begin & isProduct, () => command.Drive(1)).ElseWhen(Matrix.Ready, () => command.Drive(0));
        Matrix.Valid.Drive(command);
        Signal Select(HdlType type, Func<ProgramStep, ProductLayout, int> field) =>
            products.Aggregate(Const(type, 0), (rest, p) => Mux(stage.Is(p.Step.Code), Const(type, field(p.Step, p.Layout)), rest));
        Matrix.Data.Groups.Drive(Select(Matrix.Data.Groups.Type, (_, layout) => layout.Groups(c.Channels) - 1));
        Matrix.Data.Beats.Drive(Select(Matrix.Data.Beats.Type, (_, layout) => layout.WeightBeats - 1));
        Matrix.Data.ActivationRow.Drive(Select(Matrix.Data.ActivationRow.Type, (step, _) => c.Program.ActivationBufferOf(step.Step.From).FirstRow));
    }
}
