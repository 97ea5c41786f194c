using LoopLynx.Cli.Output;
using LoopLynx.Host;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>quality</c> found out.</summary>
/// <param name="Result">Perplexities and agreement.</param>
/// <param name="Softmax">Precision of the probabilities.</param>
/// <param name="Model">The model that was measured.</param>
public sealed record QualityReport(QualityResult Result, SoftmaxMode Softmax, LoadedModel Model) : Report
{
    /// <summary>A perplexity that is beyond every number is null, and a warning says so.</summary>
    public override object Json => new
    {
        PerplexityFloat32 = Finite(Result.Float32),
        PerplexityInteger = Finite(Result.Integer),
        Result.Top1Agreement,
        Result.Tokens,
        Softmax = Softmax == SoftmaxMode.Paper ? "paper" : "precise",
        Saturations = SaturationReport.Of(Result.Saturations, Model.Quantized),
        Warnings,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings =>
        [.. Model.Warnings, .. SaturationReport.Warnings(Result.Saturations, Result.Tokens), .. Doubts(Model.Quantized.Description.Vocabulary.Padded)];

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        var (float32, integer) = (Finite(Result.Float32), Finite(Result.Integer));
        var loss = float32 is null || integer is null ? "" : $" ({(integer / float32) - 1:+0.00%;-0.00%})";
        output.WriteLine(
            $"perplexity float32 {Text(float32)}, integer {Text(integer)}{loss}, top-1 agreement {Result.Top1Agreement:P1}, {Result.Tokens} tokens");
    }

    private static double? Finite(double perplexity) => double.IsFinite(perplexity) ? perplexity : null;

    private static string Text(double? perplexity) => perplexity is { } finite ? $"{finite:F4}" : "beyond every number";

    private IEnumerable<string> Doubts(int vocabulary)
    {
        if (!double.IsFinite(Result.Float32) || !double.IsFinite(Result.Integer))
        {
            yield return "a perplexity is beyond every number (null in JSON): the model's weights are out of range, or the text isn't the model's";
        }
        else if (Result.Float32 > vocabulary)
        {
            yield return $"the float32 model does worse than guessing among its {vocabulary} tokens: the tokenizer or the text doesn't fit the model";
        }
    }
}
