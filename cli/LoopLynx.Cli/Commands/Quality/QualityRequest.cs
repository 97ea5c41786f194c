using LoopLynx.Host;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>quality</c> is asked for.</summary>
public sealed record QualityRequest
{
    /// <summary>Folder of the checkpoint; null: the shipped model.</summary>
    public string? Model { get; init; }

    /// <summary>File of held-out text; null: the shipped one.</summary>
    public string? Text { get; init; }

    /// <summary>Precision of the probabilities.</summary>
    public SoftmaxMode Softmax { get; init; } = SoftmaxMode.Precise;
}
