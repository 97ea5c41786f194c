namespace LoopLynx.Contract;

/// <summary>One step of a pass.</summary>
/// <param name="Name">Name, unique in a program.</param>
/// <param name="Operation">What it does.</param>
/// <param name="From">The place that it reads.</param>
/// <param name="Result">What becomes of its values; null if it gives none.</param>
public sealed record Step(string Name, Operation Operation, string From, Result? Result = null)
{
    /// <summary>The function between the step's product and its buffer, or null.</summary>
    public Unary? Unary => Result?.Unary;

    /// <summary>Whether the step's values are added to the residual.</summary>
    public bool AddsToResidual => Result?.Buffer == Buffers.Residual && Operation is not Transport;
}
