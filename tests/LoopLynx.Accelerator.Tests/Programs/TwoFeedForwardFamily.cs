namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>GPT-2's block with its feed-forward half twice, each with a norm, a table and matrices of its own.</summary>
internal sealed record TwoFeedForwardFamily : Family
{
    public override string Name => "two-feed-forward";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
    [
        .. new Gpt2Family().Block(model),
        new("Norm3", new Normalise(Slot: 2), Places.Residual, new Result(Places.Vector, [ValueKind.Activation])),
        new("FeedForward3", new Product("FC3", model.FeedForward, model.Embed), Places.Vector, new Result(Places.Hidden, [ValueKind.PreActivation], new Unary(ActivationKind.Gelu, Slot: 1))),
        new("FeedForward4", new Product("FC4", model.Embed, model.FeedForward), Places.Hidden, new Result(Places.Residual, [ValueKind.Residual])),
    ];
}
