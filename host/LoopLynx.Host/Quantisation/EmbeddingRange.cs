namespace LoopLynx.Host;

/// <summary>The checks that every embedding makes.</summary>
internal static class EmbeddingRange
{
    public static void Check(ModelDescription model, int token, int position)
    {
        if (token < 0 || token >= model.Vocabulary.Logical)
            throw new HostException($"token id {token} is outside the model's vocabulary of {model.Vocabulary.Logical}; use the tokenizer of the model");
        if (position < 0 || position >= model.Context)
            throw new HostException($"position {position} is outside the model's context of {model.Context}; shorten the text");
    }
}
