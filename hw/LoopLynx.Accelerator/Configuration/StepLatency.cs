namespace LoopLynx.Accelerator;

/// <summary>Estimated cycles of a step of the program.</summary>
/// <param name="Step">The step.</param>
/// <param name="Cycles">Its cycles, over all layers.</param>
public sealed record StepLatency(ProgramStep Step, long Cycles);
