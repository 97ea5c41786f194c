using BenchmarkDotNet.Attributes;
using LoopLynx.Accelerator;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Benchmarks;

/// <summary>From module objects to netlist and Verilog, for the full node of GPT-2 345M.</summary>
[MemoryDiagnoser]
public class ElaborationBenchmarks
{
    private static readonly NodeConfiguration Configuration = new NodeConfiguration(24, 16, 1024, 4096, 1024).Validated();
    private readonly Design _design = Elaborator.Elaborate(new LoopLynxNode(Configuration));

    /// <summary>Elaboration with all checks.</summary>
    [Benchmark]
    public Design Elaborate() => Elaborator.Elaborate(new LoopLynxNode(Configuration));

    /// <summary>The flat netlist of the simulators.</summary>
    [Benchmark]
    public Definition Flat() => Flatten.Run(_design);

    /// <summary>All Verilog text.</summary>
    [Benchmark]
    public int Verilog() => VerilogBackend.Emit(_design).Sum(f => f.Text.Length);
}
