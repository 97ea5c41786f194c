using LoopLynx.Accelerator;
using LoopLynx.Benchmarks.Designs;
using LoopLynx.Cli.Simulation;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Benchmarks;

/// <summary>Starts the benchmark's designs on the compiled engine.</summary>
public sealed class AblationDesigns(QuantizedModel model, NodeConfiguration configuration)
{
    /// <summary>The configuration of the control design: narrow beats, all channels.</summary>
    public static NodeConfiguration Control { get; } = new NodeConfiguration(2, 4, 64, 256, 64, 8, 8).Validated();

    /// <summary>A stepper for a number of cycles, and what ends it.</summary>
    public (Action<long> Step, IDisposable End) Start(string name, CompiledOptions options)
    {
        if (name == "node")
        {
            var runner = new NodeRace.Runner(new CompiledEngine(Machine.Elaborate(configuration), options), model, configuration);
            return (cycles => runner.Run(cycles), runner);
        }

        var engine = new CompiledEngine(Elaborator.Elaborate(name == "control" ? new ControlPlane(Control) : new MacArray(256)), options);
        return (engine.Run, engine);
    }
}
