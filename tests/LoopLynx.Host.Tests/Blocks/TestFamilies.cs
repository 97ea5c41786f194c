namespace LoopLynx.Host.Tests;

/// <summary>The steps that blocks of the tests are put together from.</summary>
internal static class TestSteps
{
    public static Step Norm(string name, int slot, string to = "vector") => Norm(name, new Normalise(slot), to);

    public static Step Norm(string name, Operation operation, string to = "vector") =>
        new(name, operation, Buffers.Residual, new Result(to, [ValueKind.Activation]));

    /// <summary>Queries, keys and values of a vector, attention, and its projection onto the residual.</summary>
    public static Step[] Attention(ModelDescription model, string from) =>
    [
        new("Qkv", new Product("QKV", model.HeadRows.Rows, model.Embed) { ByHead = true }, from,
            new Result(Buffers.Heads, [ValueKind.Query, ValueKind.Key, ValueKind.Value])),
        new("Attention", new Attend(), Buffers.Heads, new Result("context", [ValueKind.Activation])),
        new("Project", new Product("O", model.Embed, model.Embed), "context", new Result(Buffers.Residual, [ValueKind.Residual])),
    ];

    /// <summary>Up, GELU, down, by the number of the first.</summary>
    public static Step[] FeedForward(ModelDescription model, int first, int slot, string from) =>
    [
        new($"FeedForward{first}", new Product($"FC{first}", model.FeedForward, model.Embed), from,
            new Result("hidden", [ValueKind.PreActivation], new Unary(ActivationKind.Gelu, slot))),
        new($"FeedForward{first + 1}", new Product($"FC{first + 1}", model.Embed, model.FeedForward), "hidden",
            new Result(Buffers.Residual, [ValueKind.Residual])),
    ];
}

/// <summary>One norm, then attention and the feed-forward products side by side.</summary>
internal sealed record ParallelFamily : Family
{
    public override string Name => "parallel";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
        [TestSteps.Norm("Norm1", 0), .. TestSteps.Attention(model, "vector"), .. TestSteps.FeedForward(model, 1, 0, "vector")];
}

/// <summary>The feed-forward half twice, each with a norm and a table of its own.</summary>
internal sealed record TwiceFamily : Family
{
    public override string Name => "twice";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
    [
        TestSteps.Norm("Norm1", 0),
        .. TestSteps.Attention(model, "vector"),
        TestSteps.Norm("Norm2", 1),
        .. TestSteps.FeedForward(model, 1, 0, "vector"),
        TestSteps.Norm("Norm3", 2),
        .. TestSteps.FeedForward(model, 3, 1, "vector"),
    ];
}

/// <summary>A third norm behind the second; the first feed-forward product reads the third's output, and the second's is read by nothing.</summary>
internal sealed record ThirdNormFamily : Family
{
    public override string Name => "third norm";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
    [
        TestSteps.Norm("Norm1", 0),
        .. TestSteps.Attention(model, "vector"),
        TestSteps.Norm("Norm2", 1),
        TestSteps.Norm("Norm3", 2, "third"),
        .. TestSteps.FeedForward(model, 1, 0, "third"),
    ];
}

/// <summary>A norm that doesn't take the mean away.</summary>
internal sealed record NormaliseWithoutMean(int Slot) : Normalise(Slot)
{
    public override string Text => $"normalise without mean slot {Slot}";
}

/// <summary>GPT-2 with norms that don't take the mean away.</summary>
internal sealed record WithoutMeanFamily : Family
{
    public override string Name => "without mean";

    public override IReadOnlyList<Step> Block(ModelDescription model) =>
    [
        TestSteps.Norm("Norm1", new NormaliseWithoutMean(0)),
        .. TestSteps.Attention(model, "vector"),
        TestSteps.Norm("Norm2", new NormaliseWithoutMean(1)),
        .. TestSteps.FeedForward(model, 1, 0, "vector"),
    ];
}
