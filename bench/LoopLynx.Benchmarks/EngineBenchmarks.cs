using BenchmarkDotNet.Attributes;
using LoopLynx.Accelerator;
using LoopLynx.Benchmarks.Designs;
using LoopLynx.Hdl;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Benchmarks;

/// <summary>Cycles of the C# engines on designs without inputs. One operation is <see cref="Cycles"/> cycles.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private const int Cycles = 1000;
    private IEngine _engine = null!;

    /// <summary>Design and engine.</summary>
    [Params("mac-array/compiled", "mac-array/scalar", "mac-array/interpreted", "control/compiled", "control/interpreted")]
    public string Case { get; set; } = "";

    /// <summary>Starts the engine.</summary>
    [GlobalSetup]
    public void Start()
    {
        var design = Elaborator.Elaborate(Case.StartsWith("mac", StringComparison.Ordinal)
            ? new MacArray(256)
            : new ControlPlane(new NodeConfiguration(2, 4, 64, 256, 64, 8, 8).Validated()));
        _engine = Case.Split('/')[1] switch
        {
            "compiled" => new CompiledEngine(design),
            "scalar" => new CompiledEngine(design, new CompiledOptions { VectorBits = 0 }),
            _ => new InterpretedEngine(design),
        };
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup]
    public void Stop() => _engine.Dispose();

    /// <summary>Runs the design.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void Run() => _engine.Run(Cycles);
}
