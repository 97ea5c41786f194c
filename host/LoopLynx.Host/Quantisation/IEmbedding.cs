namespace LoopLynx.Host;

/// <summary>Gives the vector with which a token enters the residual stream; the host computes it, the accelerator receives it.</summary>
public interface IEmbedding
{
    /// <summary>Writes the embedding of a token at a position, residual units, <c>[E]</c>.</summary>
    /// <exception cref="HostException">The token or the position is out of range.</exception>
    void Embed(int token, int position, Span<int> x);
}
