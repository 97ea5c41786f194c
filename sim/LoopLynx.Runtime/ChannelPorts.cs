namespace LoopLynx.Runtime;

/// <summary>Which ports of a design's top make up a memory channel, by what they carry. Directions are those of the design, which is the master.</summary>
public sealed record ChannelPorts
{
    /// <summary>What messages call the channel.</summary>
    public required string Name { get; init; }

    /// <summary>A burst of reads is offered.</summary>
    public required string ReadValid { get; init; }

    /// <summary>Input: the memory takes it.</summary>
    public required string ReadReady { get; init; }

    /// <summary>Byte address of the burst, 32 bits.</summary>
    public required string ReadAddress { get; init; }

    /// <summary>Beats of the burst - 1.</summary>
    public required string ReadLength { get; init; }

    /// <summary>Input: a beat of read data is offered.</summary>
    public required string DataValid { get; init; }

    /// <summary>The design takes it.</summary>
    public required string DataReady { get; init; }

    /// <summary>Input: the beat, one lane for each byte.</summary>
    public required string Data { get; init; }

    /// <summary>A write of one beat is offered.</summary>
    public required string WriteValid { get; init; }

    /// <summary>Input: the memory takes it.</summary>
    public required string WriteReady { get; init; }

    /// <summary>Byte address of the write, 32 bits.</summary>
    public required string WriteAddress { get; init; }

    /// <summary>The beat, one lane for each byte.</summary>
    public required string WriteData { get; init; }

    /// <summary>One lane for each byte: 1 where it is written.</summary>
    public required string WriteStrobe { get; init; }

    /// <summary>Input: the answer to a write is offered.</summary>
    public required string ResponseValid { get; init; }

    /// <summary>The design takes it.</summary>
    public required string ResponseReady { get; init; }

    /// <summary>Input: 1 for a write that failed.</summary>
    public required string ResponseError { get; init; }
}
