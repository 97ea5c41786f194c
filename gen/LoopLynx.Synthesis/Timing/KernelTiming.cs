namespace LoopLynx.Synthesis.Timing;

/// <summary>The worst path that ends in a kernel.</summary>
/// <param name="Name">Instance of the kernel, seen from the top.</param>
/// <param name="Module">Its module.</param>
/// <param name="WorstNs">Longest path with typical nets, setup time included.</param>
/// <param name="Levels">Most look-up tables one behind the other.</param>
/// <param name="Failing">Endpoints in it with a negative slack.</param>
public sealed record KernelTiming(string Name, string Module, double WorstNs, int Levels, int Failing);
