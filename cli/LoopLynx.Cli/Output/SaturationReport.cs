using LoopLynx.Contract;
using LoopLynx.Host;

namespace LoopLynx.Cli.Output;

/// <summary>Values that an integer format couldn't hold, by kind, and what a user should know of them.</summary>
public static class SaturationReport
{
    /// <summary>Counts for JSON: values that were clipped while tokens ran, and constants that were clipped when the model was quantised.</summary>
    public static object Of(SaturationCounters counts, QuantizedModel model) => new
    {
        counts.Total,
        Residual = counts.Of(ValueKind.Residual),
        Activation = counts.Of(ValueKind.Activation),
        Query = counts.Of(ValueKind.Query),
        Key = counts.Of(ValueKind.Key),
        Value = counts.Of(ValueKind.Value),
        PreActivation = counts.Of(ValueKind.PreActivation),
        Logits = counts.Of(ValueKind.Logit),
        Steps = counts.Counts.Select(c => new { c.Step, Kind = $"{c.Kind}", c.Values }),
        Constants = model.SaturatedConstants,
    };

    /// <summary>A line for each kind that a healthy model doesn't clip. The int8 activations clip a few outliers by design.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="tokens">Tokens that were run.</param>
    public static IEnumerable<string> Warnings(SaturationCounters counts, int tokens)
    {
        var (residual, logits) = (counts.Of(ValueKind.Residual), counts.Of(ValueKind.Logit));
        if (residual > 0)
        {
            yield return $"the residual stream was clipped {residual} times in {tokens} tokens: the integers don't show what the model computes";
        }

        if (logits > 0)
        {
            yield return $"logits were clipped {logits} times in {tokens} tokens: the choice among them is arbitrary";
        }
    }
}
