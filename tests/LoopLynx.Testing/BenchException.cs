namespace LoopLynx.Testing;

/// <summary>A test bench saw something wrong; the message ends with a waveform of the last cycles.</summary>
public sealed class BenchException(string message) : Exception(message);
