namespace LoopLynx.Contract;

/// <summary>GPT-2: a norm before attention and one before the feed-forward products, both halves added to the residual.</summary>
public sealed record Gpt2Family : Family
{
    /// <summary>The matrix of queries, keys and values.</summary>
    public const string Qkv = "QKV";

    /// <summary>Attention's output projection.</summary>
    public const string Output = "O";

    /// <summary>The up projection.</summary>
    public const string Up = "FC1";

    /// <summary>The down projection.</summary>
    public const string Down = "FC2";

    /// <inheritdoc/>
    public override string Name => "gpt2";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Block(ModelDescription model) =>
    [
        new("Norm1", new Normalise(Slot: 0), Buffers.Residual, new Result(Buffers.Vector, [ValueKind.Activation])),
        new(
            "Qkv", new Product(Qkv, model.HeadRows.Rows, model.Embed) { ByHead = true }, Buffers.Vector,
            new Result(Buffers.Heads, [ValueKind.Query, ValueKind.Key, ValueKind.Value])),
        new("Attention", new Attend(), Buffers.Heads, new Result(Buffers.Vector, [ValueKind.Activation])),
        new(
            "Project", new Product(Output, model.Embed, model.QueryHeads * model.HeadWidth), Buffers.Vector,
            new Result(Buffers.Residual, [ValueKind.Residual])),
        new("Norm2", new Normalise(Slot: 1), Buffers.Residual, new Result(Buffers.Vector, [ValueKind.Activation])),
        new("FeedForward1", new Product(Up, model.FeedForward, model.Embed), Buffers.Vector,
            new Result(Buffers.Hidden, [ValueKind.PreActivation], new Unary(model.Activation.Kind, Slot: 0))),
        new("FeedForward2", new Product(Down, model.Embed, model.FeedForward), Buffers.Hidden, new Result(Buffers.Residual, [ValueKind.Residual])),
    ];
}
