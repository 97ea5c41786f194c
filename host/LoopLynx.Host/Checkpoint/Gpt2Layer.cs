namespace LoopLynx.Host;

/// <summary>The float32 weights of one transformer block.</summary>
/// <param name="Norm1">Layer norm in front of attention.</param>
/// <param name="Qkv">Projection to queries, keys and values, <c>[3E, E]</c>: all queries, then all keys, then all values.</param>
/// <param name="Output">Attention's output projection, <c>[E, E]</c>.</param>
/// <param name="Norm2">Layer norm in front of the feed-forward layer.</param>
/// <param name="FeedForward1">Up projection, <c>[FF, E]</c>.</param>
/// <param name="FeedForward2">Down projection, <c>[E, FF]</c>.</param>
public sealed record Gpt2Layer(
    NormWeights Norm1, LinearWeights Qkv, LinearWeights Output, NormWeights Norm2, LinearWeights FeedForward1, LinearWeights FeedForward2);
