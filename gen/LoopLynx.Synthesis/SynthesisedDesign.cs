using LoopLynx.Gen;
using LoopLynx.Synthesis.Absorption;
using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Synthesis;

/// <summary>A design as cells of the FPGA: the input of resources and timing.</summary>
/// <param name="Mapped">As Yosys mapped it.</param>
/// <param name="Absorbed">With the registers in DSPs and RAMs that these can hold.</param>
/// <param name="Files">The text that was mapped.</param>
/// <param name="Data">The delays.</param>
public sealed record SynthesisedDesign(FlatDesign Mapped, FlatDesign Absorbed, IReadOnlyList<VerilogFile> Files, TimingData Data)
{
    /// <summary>Which registers are absorbed.</summary>
    public AbsorptionScope Scope { get; init; } = AbsorptionScope.All;

    /// <summary>SHA-256 of the text that was mapped.</summary>
    public string NetlistHash => YosysMapper.Hash(Files);

    /// <summary>Maps a design.</summary>
    /// <param name="files">The emitted files; the top is the last.</param>
    /// <param name="mapper">Maps what isn't in its cache.</param>
    /// <param name="scope">Which registers are absorbed.</param>
    /// <param name="progress">Hears of each module.</param>
    /// <param name="cancellation">Stops Yosys.</param>
    /// <exception cref="SynthesisException">Yosys doesn't accept the text, or a cell is unknown.</exception>
    public static SynthesisedDesign Map(
        IReadOnlyList<VerilogFile> files, YosysMapper mapper, AbsorptionScope scope = AbsorptionScope.All, Action<MappingProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Of(mapper.Run(files, progress, cancellation), Path.GetFileNameWithoutExtension(files[^1].Name), files, scope);

    /// <summary>Takes netlists that are mapped already.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="top">Name of the top.</param>
    /// <param name="files">Their text, for C# lines; may be empty.</param>
    /// <param name="scope">Which registers are absorbed.</param>
    /// <param name="data">The delays; those that ship where it is null.</param>
    /// <exception cref="SynthesisException">A module or a cell is unknown.</exception>
    public static SynthesisedDesign Of(
        IReadOnlyList<MappedModule> modules, string top, IReadOnlyList<VerilogFile> files, AbsorptionScope scope = AbsorptionScope.All, TimingData? data = null)
    {
        var figures = data ?? TimingData.Default;
        var library = new CellLibrary(figures);
        var mapped = Flattener.Flatten(modules, top);
        ModelAssignment.Assign(mapped, library);
        return new(mapped, RegisterAbsorption.Apply(mapped, library, scope), files, figures) { Scope = scope };
    }
}
