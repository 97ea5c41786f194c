using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Verilator;

namespace LoopLynx.Runtime;

/// <summary>Makes engines by name.</summary>
public static class EngineFactory
{
    /// <summary>Names of all engines.</summary>
    public static IReadOnlyList<string> Names { get; } = ["compiled", "interpreted", "verilator"];

    /// <summary>Refuses an unknown name; commands call it before they load or compute anything.</summary>
    /// <exception cref="RequestException">There is no such engine.</exception>
    public static string Checked(string name) => Names.Contains(name)
        ? name
        : throw new RequestException(parameter => $"{parameter("engine")} {name} is unknown; use {string.Join(", ", Names)}");

    /// <summary>Starts a design on an engine.</summary>
    /// <exception cref="RequestException">There is no such engine.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> has ended the building of the engine.</exception>
    public static IEngine Create(string name, Design design, CancellationToken cancel, CompiledOptions? options = null) => Checked(name) switch
    {
        "verilator" => new VerilatorEngine(design, new VerilatorOptions { Cancellation = cancel }),
        "compiled" => new CompiledEngine(design, options, cancel),
        _ => new InterpretedEngine(design),
    };
}
