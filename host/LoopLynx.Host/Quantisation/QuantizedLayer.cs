namespace LoopLynx.Host;

/// <summary>One transformer block in integers.</summary>
/// <param name="parameters">Constants by the name of their step: norms, tables of activation functions, constants of the heads.</param>
/// <param name="matrices">Linear layers by the name of their matrix.</param>
public sealed class QuantizedLayer(IReadOnlyDictionary<string, IStepParameters> parameters, IReadOnlyDictionary<string, QuantizedMatrix> matrices)
{
    /// <summary>Constants by the name of their step.</summary>
    public IReadOnlyDictionary<string, IStepParameters> Parameters { get; } = parameters;

    /// <summary>Linear layers by the name of their matrix.</summary>
    public IReadOnlyDictionary<string, QuantizedMatrix> Matrices { get; } = matrices;

    /// <summary>The constants of a norm.</summary>
    public QuantizedNorm Norm(string step) => (QuantizedNorm)Parameters[step];

    /// <summary>The table between a product and its buffer.</summary>
    public GeluTable Table(string step) => (GeluTable)Parameters[step];

    /// <summary>The constants of attention.</summary>
    public AttentionParameters Attention(string step) => (AttentionParameters)Parameters[step];

    /// <summary>A linear layer.</summary>
    public QuantizedMatrix Matrix(string name) => Matrices[name];
}
