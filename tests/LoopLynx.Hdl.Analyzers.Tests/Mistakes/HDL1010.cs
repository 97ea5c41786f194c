[Bundle]
public readonly record struct Pixel(Signal R, Signal G, Signal B);

[Bundle]
public readonly partial record struct Weighted(Signal Data, int Weight);
