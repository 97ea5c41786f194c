using System.Diagnostics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Tiered;

namespace LoopLynx.Races;

/// <summary>How long somebody who changed a design waits for its first simulated cycle; the C# program itself is built by then.</summary>
/// <param name="Design">The elaborated design.</param>
/// <param name="FirstCycleSeconds">Elaboration, and the first cycle on the engine that interprets until it is compiled.</param>
/// <param name="CompiledSeconds">From the same start until the compiled code was ready, made beside the interpretation.</param>
public sealed record FirstCycle(Design Design, double FirstCycleSeconds, double CompiledSeconds)
{
    /// <summary>Measures a design; before anything else of it has run, so that nothing is warm.</summary>
    public static FirstCycle Measure(Func<Design> elaborate, CompiledOptions options, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var design = elaborate();
        using var engine = new TieredEngine(design, options, cancel);
        engine.Tick();
        engine.Settle();
        var first = clock.Elapsed.TotalSeconds;
        engine.WaitForCompiler();
        return new FirstCycle(design, first, clock.Elapsed.TotalSeconds);
    }
}
