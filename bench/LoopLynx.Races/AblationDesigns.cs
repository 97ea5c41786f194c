using LoopLynx.Accelerator;
using LoopLynx.Benchmarks.Designs;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Races;

/// <summary>Starts the benchmark's designs on the compiled engine.</summary>
/// <param name="model">The model that the node runs.</param>
/// <param name="configuration">The node.</param>
/// <param name="cancel">Ends a run of the node between cycles.</param>
public sealed class AblationDesigns(QuantizedModel model, NodeConfiguration configuration, CancellationToken cancel)
{
    /// <summary>The configuration of the control design: narrow beats, all channels.</summary>
    public static NodeConfiguration Control { get; } = new NodeConfiguration(2, 4, 64, 256, 64, 8, 8).Validated();

    /// <summary>A stepper for a number of cycles, and what ends it.</summary>
    public (Action<long> Step, IDisposable End) Start(string name, CompiledOptions options)
    {
        if (name == "node")
        {
            var runner = new NodeRace.Runner(new CompiledEngine(Machine.Elaborate(configuration), options, cancel), model, configuration, cancel);
            return (cycles => runner.Run(cycles), runner);
        }

        var engine = new CompiledEngine(Elaborator.Elaborate(name == "control" ? new ControlPlane(Control) : new MacArray(256)), options, cancel);
        return (engine.Run, engine);
    }
}
