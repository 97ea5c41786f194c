namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>A parallel block: one norm, whose output attention and the feed-forward products both read, and both halves added to the residual.</summary>
internal sealed record ParallelFamily : Family
{
    public override string Name => "parallel";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
    [
        new("Norm", new Normalise(Slot: 0), Places.Residual, new Result(Places.Vector, [ValueKind.Activation])),
        new("Qkv", new Product("QKV", model.HeadRows.Rows, model.Embed) { ByHead = true }, Places.Vector, new Result(Places.Heads, [ValueKind.Query, ValueKind.Key, ValueKind.Value])),
        new("Up", new Product("FC1", model.FeedForward, model.Embed), Places.Vector, new Result(Places.Hidden, [ValueKind.PreActivation], new Unary(ActivationKind.Gelu, Slot: 0))),
        new("Attention", new Attend(), Places.Heads, new Result("context", [ValueKind.Activation])),
        new("Down", new Product("FC2", model.Embed, model.FeedForward), Places.Hidden, new Result(Places.Residual, [ValueKind.Residual])),
        new("Project", new Product("O", model.Embed, model.Embed), "context", new Result(Places.Residual, [ValueKind.Residual])),
    ];
}
