namespace LoopLynx.Verilator;

/// <summary>A model in the cache.</summary>
/// <param name="Library">Path of the shared library.</param>
/// <param name="BuildSeconds">Wall time of <c>verilator</c> and <c>g++</c> when it was built.</param>
/// <param name="FromCache">Whether an earlier build was used.</param>
/// <param name="Version">First line of <c>verilator --version</c>.</param>
public sealed record BuiltModel(string Library, double BuildSeconds, bool FromCache, string Version);
