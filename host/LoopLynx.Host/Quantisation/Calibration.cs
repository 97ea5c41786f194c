namespace LoopLynx.Host;

/// <summary>Finds the ranges of a checkpoint's activations, without data or over a user's text.</summary>
public static class Calibration
{
    /// <summary>Work to spend by default, in tokens times parameters: a few seconds for a small model, a minute or so for GPT-2 345M.</summary>
    private const long Work = 1L << 36;

    private const int MinTokens = 128, MaxSequences = 16;

    /// <summary>
    /// Ranges over text that the model itself writes at temperature 1: sequences of the whole context where the model is small enough,
    /// two shorter ones otherwise. The first starts with the model's start token, the others with any token. Deterministic.
    /// </summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="seed">Seed of the sampling.</param>
    /// <param name="tokens">Ids below this stand for text; the others are never chosen. Null: all do.</param>
    /// <param name="progress">Told the fraction done, 0..1.</param>
    /// <param name="cancel">Ends the calibration.</param>
    public static CalibrationRanges FromModel(
        Checkpoint checkpoint, ulong seed = 1, int? tokens = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ModelDescription shape = checkpoint.Config.Description;
        int vocab = Math.Min(tokens ?? shape.Vocabulary.Logical, shape.Vocabulary.Logical);
        long budget = Math.Min(Math.Max(Work / shape.Parameters, MinTokens), (long)MaxSequences * shape.Context);
        int length = (int)Math.Min(shape.Context, budget / 2);
        return Run(shape, (int)(budget / length), progress, cancel, (sequence, ranges, step) =>
            Sample(new Float32Model(checkpoint, length, ranges), checkpoint.Config, vocab, sequence, seed, step, cancel));
    }

    /// <summary>Ranges over a text, in windows of the model's context.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="ids">The text's token ids; at least one.</param>
    /// <param name="progress">Told the fraction done, 0..1.</param>
    /// <param name="cancel">Ends the calibration.</param>
    /// <exception cref="HostException">The text is empty.</exception>
    public static CalibrationRanges FromText(Checkpoint checkpoint, int[] ids, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        if (ids.Length == 0)
            throw new HostException("the calibration text has no tokens; give a text, or none at all to calibrate on the model's own");
        ModelDescription shape = checkpoint.Config.Description;
        int windows = (ids.Length + shape.Context - 1) / shape.Context;
        return Run(shape, windows, progress, cancel, (window, ranges, step) =>
        {
            int start = window * shape.Context;
            new Float32Model(checkpoint, 0, ranges).Forward(ids.AsSpan(start, Math.Min(shape.Context, ids.Length - start)), cancel);
            step(1);
        });
    }

    private static CalibrationRanges Run(
        ModelDescription shape, int sequences, IProgress<double>? progress, CancellationToken cancel, Action<int, CalibrationRanges, Action<double>> observe)
    {
        var total = new CalibrationRanges(shape.Layers);
        var gate = new Lock();
        double done = 0;
        SharedLoop.Run(sequences, sequence =>
        {
            var ranges = new CalibrationRanges(shape.Layers);
            observe(sequence, ranges, fraction =>
            {
                lock (gate)
                    progress?.Report((done += fraction) / sequences);
            });
            lock (gate)
                total.Merge(ranges);
        }, cancel);
        return total;
    }

    private static void Sample(Float32Model model, CheckpointConfig config, int vocab, int sequence, ulong seed, Action<double> step, CancellationToken cancel)
    {
        var sampler = new Sampler(seed * 0x10001 + (ulong)sequence, temperature: 1);
        int token = sequence == 0 && config.BosTokenId is { } start ? start : sampler.Uniform(vocab);
        while (model.Length < model.Capacity)
        {
            token = sampler.Next(model.Forward([token], cancel).AsSpan(0, vocab));
            step(1.0 / model.Capacity);
        }
    }
}
