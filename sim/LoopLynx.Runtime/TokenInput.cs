namespace LoopLynx.Runtime;

/// <summary>What the host hands over for a token.</summary>
/// <param name="Position">Its position, from 0.</param>
/// <param name="Embedding">[embed] residual values.</param>
public sealed record TokenInput(int Position, int[] Embedding);
