using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Waves;
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

    /// <summary>Starts a design on an engine, with waves into <paramref name="waveFile"/> if that isn't null.</summary>
    /// <exception cref="RequestException">There is no such engine, it writes no waves, or the file can't be written.</exception>
    public static IEngine Create(string name, Design design, string? waveFile, CancellationToken cancel, CompiledOptions? options = null)
    {
        if (Checked(name) == "verilator")
        {
            return waveFile is null
                ? new VerilatorEngine(design, new VerilatorOptions { Cancellation = cancel })
                : throw new RequestException(parameter =>
                    $"{parameter("wave")} needs the compiled or the interpreted engine: the Verilated model keeps only its ports");
        }

        if (waveFile is not null)
        {
            WaveWriter.Checked(waveFile);
        }

        IStateEngine engine = name == "compiled" ? new CompiledEngine(design, options) : new InterpretedEngine(design);
        if (waveFile is null)
        {
            return engine;
        }

        try
        {
            return new WaveEngine(engine, WaveWriter.Create(engine, waveFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            engine.Dispose();
            throw new RequestException($"can't write the wave file '{waveFile}': {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
