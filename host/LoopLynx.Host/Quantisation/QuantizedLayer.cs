namespace LoopLynx.Host;

/// <summary>One transformer block in integers.</summary>
/// <param name="Norm1">Layer norm in front of attention.</param>
/// <param name="Norm2">Layer norm in front of the feed-forward layer.</param>
/// <param name="Gelu">GELU between the feed-forward projections.</param>
/// <param name="Heads">Constants by head, <c>[H]</c>.</param>
/// <param name="Qkv"><c>[3E, E]</c>, head by head: d query rows, d key rows, d value rows; int8 out.</param>
/// <param name="Output"><c>[E, E]</c>; residual delta out.</param>
/// <param name="FeedForward1"><c>[FF, E]</c>; int16 pre-activation out.</param>
/// <param name="FeedForward2"><c>[E, FF]</c>; residual delta out.</param>
/// <param name="PaperContext">
/// By head, the context multiplier of the <see cref="SoftmaxMode.Paper"/> softmax: sv / sc / 127. Not in the memory image.
/// </param>
public sealed record QuantizedLayer(
    QuantizedNorm Norm1,
    QuantizedNorm Norm2,
    GeluTable Gelu,
    HeadConstants[] Heads,
    QuantizedMatrix Qkv,
    QuantizedMatrix Output,
    QuantizedMatrix FeedForward1,
    QuantizedMatrix FeedForward2,
    Multiplier[] PaperContext);
