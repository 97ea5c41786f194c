namespace LoopLynx.Synthesis.Resources;

/// <summary>A DSP or RAM without all its registers: it can't run at the speed of the others.</summary>
/// <param name="Cell">The cell, seen from the top.</param>
/// <param name="Type">What it is.</param>
/// <param name="Module">The module that it lies in.</param>
/// <param name="Missing">The registers that it lacks: A, B, M, P, or output.</param>
public sealed record UnregisteredCell(string Cell, string Type, string Module, string Missing);
