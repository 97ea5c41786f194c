namespace LoopLynx.Contract;

/// <summary>The tokens of a model.</summary>
/// <param name="Logical">Tokens that the tokenizer can name.</param>
/// <param name="Padded">Rows of the embedding and of the head; at least <paramref name="Logical"/>.</param>
public sealed record Vocabulary(int Logical, int Padded)
{
    /// <summary>A vocabulary without padding.</summary>
    public static implicit operator Vocabulary(int size) => new(size, size);
}
