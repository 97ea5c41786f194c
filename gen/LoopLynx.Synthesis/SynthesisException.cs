namespace LoopLynx.Synthesis;

/// <summary>A netlist can't be made or analysed. The message is one line that says what, where and what to do.</summary>
public sealed class SynthesisException(string message) : Exception(message);
