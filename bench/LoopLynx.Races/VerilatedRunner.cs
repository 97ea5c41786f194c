namespace LoopLynx.Races;

/// <summary>A Verilated model that races: it steps a number of cycles and returns the state that it ends in.</summary>
internal sealed record VerilatedRunner(int Threads, double BuildSeconds, Func<long, string> Step);
