namespace LoopLynx.Accelerator;

/// <summary>A node's place on a ring.</summary>
/// <param name="Number">The number that the node is told, from 0: which part of every matrix it owns.</param>
/// <param name="Successor">The place that its link goes to.</param>
/// <param name="Link">The link.</param>
public sealed record RingPlace(int Number, int Successor, IRingLink Link);
