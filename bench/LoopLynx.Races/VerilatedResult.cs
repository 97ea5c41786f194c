namespace LoopLynx.Races;

/// <summary>A Verilated model of a race.</summary>
/// <param name="Threads">Threads that it was built for.</param>
/// <param name="CyclesPerSecond">Best run.</param>
/// <param name="BuildSeconds">From the elaborated design to the model; when it was built, if it comes from the cache.</param>
public sealed record VerilatedResult(int Threads, double CyclesPerSecond, double BuildSeconds);
