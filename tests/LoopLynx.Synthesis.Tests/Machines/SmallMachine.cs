using LoopLynx.Accelerator;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Synthesis.Netlist;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Synthesis.Tests.Machines;

/// <summary>A node of 2 channels and 4 lanes, mapped once for all tests; the user's cache keeps it from one run to the next.</summary>
public sealed class SmallMachine
{
    private static readonly Lazy<SmallMachine> Known = new(() => new());

    private SmallMachine()
    {
        var shape = new NodeConfiguration(4, 4, 128, 512, 256) { Channels = 2, Lanes = 4 };
        Files = VerilogBackend.Emit(Elaborator.Elaborate(new LoopLynxNode(Presets.Named("fast", shape).Validated())));
        Modules = new YosysMapper(new MappingCache(MappingCache.DefaultFolder), Environment.ProcessorCount).Run(Files);
        Design = SynthesisedDesign.Of(Modules, "LoopLynxNode", Files);
    }

    /// <summary>The machine.</summary>
    public static SmallMachine Instance => Known.Value;

    /// <summary>Its text.</summary>
    public IReadOnlyList<VerilogFile> Files { get; }

    /// <summary>Its netlists.</summary>
    public IReadOnlyList<MappedModule> Modules { get; }

    /// <summary>The flat design.</summary>
    public SynthesisedDesign Design { get; }
}
