using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>The ports of a <see cref="LoopLynxNode"/> or a <see cref="LoopLynxRing"/>: the only place outside the hardware that knows their names.</summary>
public static class MachinePorts
{
    /// <summary>What the host uses.</summary>
    public static HostPorts Host { get; } = new()
    {
        TokenValid = "Token_valid",
        TokenReady = "Token_ready",
        TokenPosition = "Token_data",
        EmbeddingValid = "Embedding_valid",
        EmbeddingReady = "Embedding_ready",
        EmbeddingData = "Embedding_data",
        HiddenValid = "Hidden_valid",
        HiddenReady = "Hidden_ready",
        HiddenData = "Hidden_data",
        Stage = nameof(LoopLynxNode.CurrentStage),
        Activity = nameof(LoopLynxNode.CurrentActivity),
        WriteFailed = nameof(LoopLynxNode.WriteFailed),
        ReadFailed = nameof(LoopLynxNode.ReadFailed),
        ReadPace = nameof(LoopLynxNode.ReadPace),
    };

    /// <summary>A memory channel; those of a ring are numbered node after node.</summary>
    public static ChannelPorts Channel(int number) => new(ChannelName(number), ChannelName(number));

    // The field Channel, as the bus writes it.
    private static string ChannelName(int number) => $"channel{number}";
}
