namespace LoopLynx.Hdl;

/// <summary>
/// A reciprocal as a mantissa and an exponent. Of 1 / x: x = m * 2^Exponent with m in [1, 2), Mantissa is 2^F / m.
/// Of 1 / sqrt(x): x = m * 4^Exponent with m in [1, 4), Mantissa is 2^F / sqrt(m). Either is in (1/2, 1] with F fraction bits.
/// </summary>
public sealed record ScaledReciprocal(Signal Mantissa, Signal Exponent);
