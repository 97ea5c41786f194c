namespace LoopLynx.Host;

/// <summary>The integer model beside the float32 model on one text.</summary>
/// <param name="Float32">Perplexity of the float32 model.</param>
/// <param name="Integer">Perplexity of the integer model.</param>
/// <param name="Top1Agreement">Share of the positions, 0..1, at which both models rank the same token first.</param>
/// <param name="Tokens">Tokens predicted.</param>
/// <param name="Saturations">Values that the integer model clipped.</param>
public sealed record QualityResult(double Float32, double Integer, double Top1Agreement, int Tokens, SaturationCounters Saturations);
