namespace LoopLynx.Races;

/// <summary>A Verilated model that races: it runs a number of cycles at least.</summary>
internal sealed record VerilatedRunner(int Threads, double BuildSeconds, Func<long, Lap> Step);
