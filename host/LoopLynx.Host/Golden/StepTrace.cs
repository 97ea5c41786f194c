namespace LoopLynx.Host;

/// <summary>The vectors of one step.</summary>
/// <param name="Output">
/// What the operation gives: a norm's output; queries, keys and values in the order of <see cref="HeadRows"/>; the context;
/// what goes into the activation function; what is added to the residual.
/// </param>
/// <param name="Stored">What its place then holds: the same, or what comes out of the activation function, or the residual after the addition.</param>
public sealed record StepTrace(GoldenVector Output, GoldenVector Stored);
