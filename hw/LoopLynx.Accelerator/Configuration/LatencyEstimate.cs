namespace LoopLynx.Accelerator;

/// <summary>Estimated cycles of a token.</summary>
/// <param name="Cycles">In all, from the position's transfer to the last hidden packet's.</param>
/// <param name="Steps">By step of the program, over all layers.</param>
/// <param name="LargestBacklog">The most beats of a channel that have arrived and haven't been taken, if the prefetch FIFO holds all; 0 without
/// <c>RunAhead</c>.</param>
public sealed record LatencyEstimate(long Cycles, IReadOnlyList<StepLatency> Steps, long LargestBacklog);
