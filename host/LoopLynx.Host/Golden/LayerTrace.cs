namespace LoopLynx.Host;

/// <summary>Every intermediate vector of one block and one token, for comparing a kernel of the hardware alone.</summary>
public sealed class LayerTrace
{
    internal LayerTrace(ModelShape shape)
    {
        int embed = shape.Embed;
        Norm1 = new sbyte[embed];
        Qkv = new sbyte[3 * embed];
        Context = new sbyte[embed];
        AttentionDelta = new int[embed];
        AttentionResidual = new int[embed];
        Norm2 = new sbyte[embed];
        PreActivation = new short[shape.FeedForward];
        Activation = new sbyte[shape.FeedForward];
        FeedForwardDelta = new int[embed];
        Residual = new int[embed];
    }

    /// <summary>First layer norm's output, <c>[E]</c>.</summary>
    public sbyte[] Norm1 { get; }

    /// <summary>Queries, keys and values in the order of the stream, <c>[H, 3, d]</c>.</summary>
    public sbyte[] Qkv { get; }

    /// <summary>Attention's output, <c>[H, d]</c>.</summary>
    public sbyte[] Context { get; }

    /// <summary>What attention adds to the residual stream, 24 bits, <c>[E]</c>.</summary>
    public int[] AttentionDelta { get; }

    /// <summary>The residual stream after attention, 24 bits, <c>[E]</c>.</summary>
    public int[] AttentionResidual { get; }

    /// <summary>Second layer norm's output, <c>[E]</c>.</summary>
    public sbyte[] Norm2 { get; }

    /// <summary>GELU's input, <c>[FF]</c>.</summary>
    public short[] PreActivation { get; }

    /// <summary>GELU's output, <c>[FF]</c>.</summary>
    public sbyte[] Activation { get; }

    /// <summary>What the feed-forward layer adds to the residual stream, 24 bits, <c>[E]</c>.</summary>
    public int[] FeedForwardDelta { get; }

    /// <summary>The residual stream after the block, 24 bits, <c>[E]</c>.</summary>
    public int[] Residual { get; }
}
