using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Testing;
using LoopLynx.Verilator;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>Engines that stop at a false claim, the Verilated one too.</summary>
internal static class CheckedEngine
{
    public static IEngine Create(EngineKind kind, Design design) => kind == EngineKind.Verilator
        ? new VerilatorEngine(design, new VerilatorOptions { CompilerFlags = ["-O0"], Flags = ["+define+SIMULATION"] })
        : TestEngines.Create(kind, design);
}
