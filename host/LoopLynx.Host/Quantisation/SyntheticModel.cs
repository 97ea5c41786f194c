namespace LoopLynx.Host;

/// <summary>
/// Models of any shape without a checkpoint, for simulation and tests: uniform random weights, and constants chosen so that every
/// activation uses a good part of its range and few values saturate. The same shape and seed give the same model on every machine.
/// </summary>
public static class SyntheticModel
{
    /// <summary>Creates a model with weights and activations of 8 bits.</summary>
    /// <param name="description">The model's shape.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="cancel">Ends the making.</param>
    public static QuantizedModel Create(ModelDescription description, ulong seed = 1, CancellationToken cancel = default) =>
        Create(description, NumericPlan.Int8, seed, cancel: cancel);

    /// <summary>Creates a model.</summary>
    /// <param name="description">The model's shape.</param>
    /// <param name="plan">The formats.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="operations">What each kind of operation computes; null: the product's operations.</param>
    /// <param name="cancel">Ends the making.</param>
    public static QuantizedModel Create(
        ModelDescription description, NumericPlan plan, ulong seed, OperationTable? operations = null, CancellationToken cancel = default)
    {
        var context = new SyntheticContext(description, plan, operations ?? OperationTable.Default, new SyntheticWeights(seed, cancel));
        return new QuantizedModel
        {
            Description = description,
            Plan = plan,
            Operations = context.Operations,
            FractionBits = SyntheticContext.FractionBits,
            Layers = [.. Enumerable.Range(0, description.Layers).Select(_ => context.Layer())],
            FinalNorm = context.Norm(),
            LmHead = context.LmHead(),
            Embedding = new SyntheticEmbedding(description, seed, SyntheticContext.FractionBits, plan.Residual),
        };
    }
}
