namespace LoopLynx.Runtime;

/// <summary>A token on a machine without one of its optimisations.</summary>
/// <param name="Off">The optimisation; null: all are on.</param>
/// <param name="Result">What was simulated.</param>
/// <param name="ModelCycles">The closed-form model's prediction.</param>
public sealed record OptimisationCase(string? Off, TokenResult Result, long ModelCycles);
