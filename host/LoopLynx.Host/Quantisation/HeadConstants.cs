namespace LoopLynx.Host;

/// <summary>The constants of one attention head.</summary>
/// <param name="Score">From a score q . k to a base-2 exponent in Q10: sq * sk / sqrt(d) * log2(e) * 2^10.</param>
/// <param name="Context">From the averaged value in Q12 to context steps: sv / sc / 2^12.</param>
public readonly record struct HeadConstants(Multiplier Score, Multiplier Context);
