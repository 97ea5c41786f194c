using LoopLynx.Accelerator.Tests.Dma;
using LoopLynx.Runtime;
using LoopLynx.Verilator;

namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>Engines for the accelerator's modules: as <see cref="TestEngines"/>, but Verilator builds quickly and checks the design's assertions.</summary>
internal static class Engines
{
    private static readonly VerilatorOptions Quick = new() { CompilerFlags = ["-O0"], Flags = ["+define+SIMULATION"] };

    /// <summary>Elaborates a module and starts it; with a protocol checker on each memory port that it has.</summary>
    public static IEngine Create(EngineKind kind, Module top) => Create(kind, Elaborator.Elaborate(Checked(top)));

    /// <summary>Starts a whole machine: a node, or a ring.</summary>
    public static IEngine Create(EngineKind kind, NodeConfiguration machine) => Create(kind, Machine.ElaborateChecked(machine));

    /// <summary>The module, in a simulation's top where it has memory ports.</summary>
    public static Module Checked(Module top) =>
        top is LoopLynxNode or LoopLynxRing or MemoryInterface or ReadBoard or WriteEngine ? new SimulationTop(top) : top;

    public static IEngine Create(EngineKind kind, Design design) =>
        kind == EngineKind.Verilator ? new VerilatorEngine(design, Quick) : TestEngines.Create(kind, design);
}
