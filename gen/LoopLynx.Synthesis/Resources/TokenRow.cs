namespace LoopLynx.Synthesis.Resources;

/// <summary>How long the paper's machine takes for a token of GPT-2 345M.</summary>
/// <param name="Source">Where the figure comes from.</param>
/// <param name="Basis">The basis that the figure belongs to.</param>
/// <param name="Nodes">Nodes of that machine.</param>
/// <param name="Milliseconds">A token.</param>
public sealed record TokenRow(string Source, string Basis, int Nodes, double Milliseconds);
