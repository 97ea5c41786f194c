namespace LoopLynx.Host;

/// <summary>A model directory, ready to run: checkpoint, tokenizer, and the integers made from them.</summary>
/// <param name="Checkpoint">The float32 weights.</param>
/// <param name="Tokenizer">The tokenizer.</param>
/// <param name="Quantized">The accelerator's integers.</param>
public sealed record LoadedModel(Checkpoint Checkpoint, BpeTokenizer Tokenizer, QuantizedModel Quantized)
{
    /// <summary>What is odd about the model, a line each, for the user; empty for a sound one.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Id of the token that ends a text: the configuration's, or the tokenizer's where that names none.</summary>
    public int? EndOfTextId => Checkpoint.Config.EosTokenId ?? Tokenizer.EndOfTextId;

    /// <summary>Loads a directory in the Hugging Face layout and quantises it.</summary>
    /// <param name="directory">Holds config.json, model.safetensors, vocab.json and merges.txt.</param>
    /// <param name="calibrationText">Text to calibrate on; null calibrates on what the model itself writes.</param>
    /// <param name="progress">Told the fraction of the calibration done, 0..1.</param>
    /// <param name="cancel">Ends the loading.</param>
    /// <exception cref="HostException">A file is missing or damaged, or the files do not belong together.</exception>
    public static LoadedModel Load(string directory, string? calibrationText = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        Checkpoint checkpoint = Checkpoint.Load(directory, cancel);
        BpeTokenizer tokenizer = BpeTokenizer.Load(directory, cancel);
        int vocab = checkpoint.Config.Description.Vocabulary.Padded;
        if (tokenizer.VocabSize > vocab)
            throw new HostException(
                $"{directory}: the tokenizer has {tokenizer.VocabSize} tokens but the model's vocabulary is {vocab}; use the vocab.json and merges.txt of "
                    + "this checkpoint");
        CalibrationRanges ranges = calibrationText is null
            ? Calibration.FromModel(checkpoint, tokens: tokenizer.VocabSize, progress: progress, cancel: cancel)
            : Calibration.FromText(checkpoint, tokenizer.Encode(calibrationText, cancel: cancel), progress, cancel);
        QuantizedModel quantized = Quantiser.Quantise(checkpoint, ranges, cancel: cancel);
        return new LoadedModel(checkpoint, tokenizer, quantized)
        {
            Warnings =
            [
                .. checkpoint.Warnings,
                .. tokenizer.Warnings,
                .. Vocabularies(checkpoint.Config, tokenizer),
                .. ScaleCheck.Warnings(checkpoint, quantized),
            ],
        };
    }

    private static IEnumerable<string> Vocabularies(CheckpointConfig config, BpeTokenizer tokenizer)
    {
        int vocab = config.Description.Vocabulary.Padded, tokens = tokenizer.VocabSize;
        if (tokens < vocab)
            yield return $"the tokenizer has {tokens} tokens, the model's vocabulary {vocab}: ids {tokens} to {vocab - 1} stand for no text and are never "
                + "chosen";
        if (config.EosTokenId >= tokens)
            yield return $"eos_token_id {config.EosTokenId} of config.json is a token that the tokenizer does not have: no text ends by itself";
        if (config.BosTokenId >= tokens)
            yield return $"bos_token_id {config.BosTokenId} of config.json is a token that the tokenizer does not have";
    }
}
