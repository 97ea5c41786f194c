namespace LoopLynx.Runtime;

/// <summary>Which ports of a machine's top the host uses, by what they carry. Directions are those of the machine.</summary>
public sealed record HostPorts
{
    /// <summary>Input: a token's position is offered.</summary>
    public required string TokenValid { get; init; }

    /// <summary>The machine takes it.</summary>
    public required string TokenReady { get; init; }

    /// <summary>Input: the position, 8 or 16 bits.</summary>
    public required string TokenPosition { get; init; }

    /// <summary>Input: a packet of the embedding is offered.</summary>
    public required string EmbeddingValid { get; init; }

    /// <summary>The machine takes it.</summary>
    public required string EmbeddingReady { get; init; }

    /// <summary>Input: the packet, residual values in 32-bit elements.</summary>
    public required string EmbeddingData { get; init; }

    /// <summary>A packet of the hidden state is offered.</summary>
    public required string HiddenValid { get; init; }

    /// <summary>Input: the host takes it.</summary>
    public required string HiddenReady { get; init; }

    /// <summary>The packet, residual values in 32-bit elements.</summary>
    public required string HiddenData { get; init; }

    /// <summary>The stage of node 0.</summary>
    public required string Stage { get; init; }

    /// <summary>What node 0 does in this cycle.</summary>
    public required string Activity { get; init; }

    /// <summary>1 when memory has answered a write with an error.</summary>
    public required string WriteFailed { get; init; }

    /// <summary>1 when memory has answered a read with an error.</summary>
    public required string ReadFailed { get; init; }

    /// <summary>Input, where the machine has it: how fast its channels may read.</summary>
    public required string ReadPace { get; init; }
}
