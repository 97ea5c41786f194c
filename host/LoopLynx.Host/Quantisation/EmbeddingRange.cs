namespace LoopLynx.Host;

/// <summary>The checks that every embedding makes.</summary>
internal static class EmbeddingRange
{
    public static void Check(ModelShape shape, int token, int position)
    {
        if (token < 0 || token >= shape.Vocab)
            throw new HostException($"token id {token} is outside the model's vocabulary of {shape.Vocab}; use the tokenizer of the model");
        if (position < 0 || position >= shape.Context)
            throw new HostException($"position {position} is outside the model's context of {shape.Context}; shorten the text");
    }
}
