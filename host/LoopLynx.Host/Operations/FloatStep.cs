namespace LoopLynx.Host;

/// <summary>One step of a block, for some tokens at consecutive positions, in float32: what an operation's float function works on.</summary>
public sealed class FloatStep
{
    internal FloatStep(ModelDescription description, BlockWeights weights, FloatCache cache, float[] scores) =>
        (Description, Weights, Cache, Scores) = (description, weights, cache, scores);

    /// <summary>The model's shape.</summary>
    public ModelDescription Description { get; }

    /// <summary>The layer's weights.</summary>
    public BlockWeights Weights { get; }

    /// <summary>The step.</summary>
    public required Step Step { get; init; }

    /// <summary>The layer.</summary>
    public required int Layer { get; init; }

    /// <summary>Position of the first token.</summary>
    public required int First { get; init; }

    /// <summary>Tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>What the step reads, <c>[tokens, inputs]</c>.</summary>
    public required float[] Source { get; init; }

    /// <summary>Receives the step's values, <c>[tokens, outputs]</c>.</summary>
    public required float[] Output { get; init; }

    /// <summary>The keys and values of the sequence.</summary>
    internal FloatCache Cache { get; }

    /// <summary>Room for one score per position.</summary>
    internal float[] Scores { get; }
}
