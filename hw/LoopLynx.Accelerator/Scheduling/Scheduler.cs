namespace LoopLynx.Accelerator;

/// <summary>
/// Runs the macro dataflow kernels one after another and reuses them for every layer. Source: LoopLynx III-A, scheduler; III-B, Fig. 3(c).
/// </summary>
/// <remarks>A stage ends with the pulse that says that its last result has landed in its buffer; the next begins two cycles later.</remarks>
public sealed class Scheduler(NodeConfiguration configuration) : Module
{
    /// <summary>Position of a token to run; taken when the node is idle.</summary>
    public readonly StreamIn<Signal> Token = In(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The present stage.</summary>
    public readonly Signal Current = Output(StageType);

    /// <summary>1 in the first cycle of a stage.</summary>
    public readonly Signal Begin = Output(Bit);

    /// <summary>The token's position.</summary>
    public readonly Signal Position = Output(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The present stage's work is complete.</summary>
    public readonly Signal StageDone = Input(Bit);

    /// <summary>Products for the matrix processor.</summary>
    public readonly StreamOut<MatrixCommand> Matrix = Out<MatrixCommand>(MatrixCommand.Types(configuration));

    /// <inheritdoc/>
    public override string Summary => "schedule of a token";

    /// <summary>Type of a <see cref="Stage"/>.</summary>
    public static HdlType StageType { get; } = UInt(Sizes.AddressBits(Enum.GetValues<Stage>().Length));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Fsm<Stage>(out var stage);
        Register(out var begin, Bit, reset: 0);
        Register(out var layer, UInt(Sizes.AddressBits(c.Layers)), reset: 0);
        Register(out var position, Position.Type, reset: 0);
        Register(out var command, Bit, reset: 0);
        Token.Ready.Drive(stage.Is(Stage.Idle));
        Position.Drive(position);
        Current.Drive(stage.State);
        Begin.Drive(begin);
        begin.Drive(0);

        void Then(Stage next)
        {
            stage.Go(next);
            begin.Drive(1);
        }

        Switch(stage.State, s =>
        {
            s.Case(Stage.Idle, () => When(Token.Fire, () =>
            {
                position.Drive(Token.Data);
                layer.Drive(0);
                Then(Stage.Load);
            }));
            s.Case(Stage.Load, () => When(StageDone, () => Then(Stage.Constants)));
            s.Case(Stage.Constants, () => When(StageDone, () => Then(Stage.Norm1)));
            s.Case(Stage.Norm1, () => When(StageDone, () => Then(Stage.Qkv)));
            s.Case(Stage.Qkv, () => When(StageDone, () => Then(Stage.Attention)));
            s.Case(Stage.Attention, () => When(StageDone, () => Then(Stage.Project)));
            s.Case(Stage.Project, () => When(StageDone, () => Then(Stage.Norm2)));
            s.Case(Stage.Norm2, () => When(StageDone, () => Then(Stage.FeedForward1)));
            s.Case(Stage.FeedForward1, () => When(StageDone, () => Then(Stage.FeedForward2)));
            s.Case(Stage.FeedForward2, () => When(StageDone, () =>
            {
                layer.Drive(layer.WrapAdd(1));
                When(layer == c.Layers - 1, () => Then(Stage.Flush)).Else(() => Then(Stage.Constants));
            }));
            s.Case(Stage.Flush, () => When(StageDone, () => Then(Stage.Emit)));
            s.Case(Stage.Emit, () => When(StageDone, () => stage.Go(Stage.Idle)));
        });

        // The four products of a layer: rows, columns, and where the input vector lies.
        var products = new (Stage Stage, int Rows, int Columns, int Input)[]
        {
            (Stage.Qkv, 3 * c.Embed, c.Embed, ActivationLayout.Vector),
            (Stage.Project, c.Embed, c.Embed, ActivationLayout.Vector),
            (Stage.FeedForward1, c.FeedForward, c.Embed, ActivationLayout.Vector),
            (Stage.FeedForward2, c.Embed, c.FeedForward, ActivationLayout.Hidden(c)),
        };
        var isProduct = products.Select(p => stage.Is(p.Stage)).Aggregate((a, b) => a | b);
        When(begin & isProduct, () => command.Drive(1)).ElseWhen(Matrix.Ready, () => command.Drive(0));
        Matrix.Valid.Drive(command);
        Signal Select(HdlType type, Func<(Stage Stage, int Rows, int Columns, int Input), int> field) =>
            products.Aggregate(Const(type, 0), (rest, p) => Mux(stage.Is(p.Stage), Const(type, field(p)), rest));
        Matrix.Data.Groups.Drive(Select(Matrix.Data.Groups.Type, p => (p.Rows / c.Nodes / c.Channels / c.RowsPerGroup) - 1));
        Matrix.Data.Beats.Drive(Select(Matrix.Data.Beats.Type, p => (p.Columns / c.SliceLanes) - 1));
        Matrix.Data.ActivationRow.Drive(Select(Matrix.Data.ActivationRow.Type, p => p.Input));
    }
}
