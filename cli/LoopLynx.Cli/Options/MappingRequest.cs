using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Gen;
using LoopLynx.Runtime;
using LoopLynx.Synthesis;
using LoopLynx.Synthesis.Absorption;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Cli.Options;

/// <summary>The machine that is to be mapped to cells, and how.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Shape">Name of the model's shape, or a <c>config.json</c>.</param>
public sealed record MappingRequest(MachineRequest Machine, string Shape)
{
    /// <summary>Of a ring one node alone.</summary>
    public bool OneNode { get; init; }

    /// <summary>The card's kernel of one node instead of the bare machine.</summary>
    public bool AsKernel { get; init; }

    /// <summary>Folder of mapped modules; null: the user's.</summary>
    public string? Cache { get; init; }

    /// <summary>Registers that move into DSPs and RAMs.</summary>
    public AbsorptionScope Scope { get; init; } = AbsorptionScope.All;

    /// <summary>Modules that Yosys maps at the same time.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Where the nodes and the kernels lie; a unit of the card counts as a node.</summary>
    public KernelPlace Place => AsKernel ? new(Core: LoopLynxKernel.Core) : new(Machine.Nodes > 1 && !OneNode ? 1 : 0);

    /// <summary>The machine's Verilog.</summary>
    /// <exception cref="UsageException">One node is asked for of a machine that has no others.</exception>
    public IReadOnlyList<VerilogFile> Emit(CancellationToken cancel)
    {
        if (OneNode && (AsKernel || Machine.Nodes == 1))
        {
            throw new UsageException(
                "--one-node takes one node out of a ring of bare nodes: add --nodes 2 or more and leave --kernel out, or leave --one-node out");
        }

        var machine = Machine.Configure(ModelSource.Shape(Shape));
        var design = AsKernel ? LoopLynx.Runtime.Machine.ElaborateKernel(CardRing.OfKernels(machine))
            : OneNode ? LoopLynx.Runtime.Machine.ElaborateNode(machine)
            : LoopLynx.Runtime.Machine.Elaborate(machine);
        cancel.ThrowIfCancellationRequested();
        return VerilogBackend.Emit(design);
    }

    /// <summary>The machine as cells; maps what isn't in the cache.</summary>
    public SynthesisedDesign Map(CommandConsole console, CancellationToken cancel)
    {
        if (Cache is { } named && string.IsNullOrWhiteSpace(named))
        {
            throw new UsageException("--cache is empty; name a folder, or leave it out for the user's cache");
        }

        var files = Emit(cancel);
        cancel.ThrowIfCancellationRequested();
        var mapper = new YosysMapper(new MappingCache(Cache ?? MappingCache.DefaultFolder), Jobs);
        return console.Progress("Mapping", bar => SynthesisedDesign.Map(files, mapper, Scope, p => bar.Report((double)p.Done / p.All), cancel));
    }
}
