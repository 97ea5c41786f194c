namespace LoopLynx.Formal.Tests.Cases;

/// <summary>A combinator with a mistake, made in the emitted Verilog.</summary>
/// <param name="Name">The mistake in words.</param>
/// <param name="Of">The case that it breaks.</param>
/// <param name="Old">Text of the right one; there is exactly one such place.</param>
/// <param name="New">Text of the wrong one.</param>
/// <param name="Claim">Part of the message of the claim that it breaks; null where several may be broken first and the solver has the choice.</param>
/// <param name="Depth">Cycles within which it shows.</param>
internal sealed record Mutant(string Name, string Of, string Old, string New, string? Claim = null, int Depth = 9);
