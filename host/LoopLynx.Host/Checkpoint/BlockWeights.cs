namespace LoopLynx.Host;

/// <summary>The float32 weights of one transformer block, by the names of the block's description.</summary>
/// <param name="norms">Gains and offsets, by step.</param>
/// <param name="matrices">Linear layers, by matrix; rows of queries, keys and values are in the order of <see cref="HeadRows"/>.</param>
public sealed class BlockWeights(IReadOnlyDictionary<string, NormWeights> norms, IReadOnlyDictionary<string, LinearWeights> matrices)
{
    /// <summary>The norms.</summary>
    public IEnumerable<NormWeights> Norms => norms.Values;

    /// <summary>The linear layers.</summary>
    public IEnumerable<LinearWeights> Matrices => matrices.Values;

    /// <summary>Gain and offset of a norm.</summary>
    /// <param name="step">Name of the step that normalises.</param>
    public NormWeights Norm(string step) => norms[step];

    /// <summary>A linear layer.</summary>
    /// <param name="name">Name of the matrix.</param>
    public LinearWeights Matrix(string name) => matrices[name];
}
