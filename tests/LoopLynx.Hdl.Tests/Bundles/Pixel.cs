namespace LoopLynx.Hdl.Tests.Bundles;

/// <summary>A colour.</summary>
[Bundle]
public readonly partial record struct Pixel(Signal R, Signal G, Signal B);

/// <summary>A colour with a place and some weights: a bundle inside a bundle, and a field with lanes.</summary>
[Bundle]
public readonly partial record struct Sample(Signal X, Pixel Colour, [Lanes] Signal Weights);

/// <summary>A payload that no generator completes.</summary>
public readonly record struct Plain(Signal Low, Signal High);
