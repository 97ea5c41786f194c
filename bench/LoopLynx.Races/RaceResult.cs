namespace LoopLynx.Races;

/// <summary>One design on the compiled engine and on Verilator, on the same stimulus, in one run.</summary>
/// <param name="Name">Design.</param>
/// <param name="Cycles">Cycles of each timed run.</param>
/// <param name="CompiledCyclesPerSecond">Best run of the compiled engine.</param>
/// <param name="VerilatorCyclesPerSecond">Best run of the fastest Verilated model.</param>
/// <param name="Ratio">Compiled over that, best runs.</param>
/// <param name="MedianRatio">The same of the median runs.</param>
/// <param name="HashesEqual">Whether all ended every run in the same state, as far as the outputs show it.</param>
/// <param name="EditToFirstCycleSeconds">Elaboration and the first cycle, interpreted while the compiler works.</param>
/// <param name="EditToCompiledSeconds">From the same start until the compiled code was ready.</param>
/// <param name="CompiledBuildSeconds">From the elaborated design to a compiled engine, a second time: the C# compiler has started.</param>
/// <param name="VerilatorBuildSeconds">From the elaborated design to the fastest Verilated model; when it was built, if it comes from the cache.</param>
/// <param name="EditRatio">That over <paramref name="EditToFirstCycleSeconds"/>.</param>
/// <param name="VerilatorThreads">Threads of the fastest Verilated model.</param>
/// <param name="Verilated">Every Verilated model that ran.</param>
public sealed record RaceResult(
    string Name, long Cycles, double CompiledCyclesPerSecond, double VerilatorCyclesPerSecond, double Ratio, double MedianRatio, bool HashesEqual,
    double EditToFirstCycleSeconds, double EditToCompiledSeconds, double CompiledBuildSeconds, double VerilatorBuildSeconds, double EditRatio,
    int VerilatorThreads, IReadOnlyList<VerilatedResult> Verilated);
