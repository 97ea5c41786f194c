namespace LoopLynx.Accelerator;

/// <summary>A row of the table of operations.</summary>
/// <param name="Operation">The operation's class.</param>
/// <param name="Kernel">What serves it.</param>
internal sealed record OperationEntry(string Operation, KernelBinding Kernel);
