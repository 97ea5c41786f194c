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
    };

    /// <summary>A memory channel; those of a ring are numbered node after node.</summary>
    public static ChannelPorts Channel(int number)
    {
        var name = $"{nameof(LoopLynxNode.Channel)}{number}";
        return new()
        {
            Name = name,
            ReadValid = $"{name}_ar_valid",
            ReadReady = $"{name}_ar_ready",
            ReadAddress = $"{name}_ar_Address",
            ReadLength = $"{name}_ar_Length",
            DataValid = $"{name}_r_valid",
            DataReady = $"{name}_r_ready",
            Data = $"{name}_r_data",
            WriteValid = $"{name}_w_valid",
            WriteReady = $"{name}_w_ready",
            WriteAddress = $"{name}_w_Address",
            WriteData = $"{name}_w_Data",
            WriteStrobe = $"{name}_w_Strobe",
            ResponseValid = $"{name}_b_valid",
            ResponseReady = $"{name}_b_ready",
            ResponseError = $"{name}_b_data",
        };
    }
}
