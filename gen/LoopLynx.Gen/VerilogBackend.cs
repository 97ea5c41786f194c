using LoopLynx.Gen.Blocks;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen;

/// <summary>
/// Prints a design as Verilog-2001, one file per definition. The same design gives the same bytes.
/// The text passes <c>verilator --lint-only -Wall</c> and is accepted by Vivado, Icarus Verilog and Yosys.
/// </summary>
public static class VerilogBackend
{
    /// <summary>The files of a design, children before parents.</summary>
    public static IReadOnlyList<VerilogFile> Emit(Design design)
    {
        var names = design.Definitions.Select(PortNames.Module).ToArray();
        var resetModule = ResetModule(names);
        var files = design.Definitions.Zip(names, (d, name) => new VerilogFile($"{name}.v", new ModuleWriter(d, resetModule).Write()));
        return design.Definitions.All(d => d.ResetStages == 0) ? [.. files] : [new($"{resetModule}.v", ResetTreeWriter.CopyText(resetModule)), .. files];
    }

    // A name that no definition has: files of one name would be one where case doesn't count.
    private static string ResetModule(IReadOnlyList<string> taken)
    {
        var name = "ResetRegister";
        while (taken.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            name += "_";
        }

        return name;
    }

    /// <summary>
    /// Emits a design into a folder, which is made if need be: all files or none, see <see cref="OutputSet"/>.
    /// Returns the paths in the order of <see cref="Emit"/>.
    /// </summary>
    /// <exception cref="OutputException">The folder or a file can't be written.</exception>
    public static IReadOnlyList<string> WriteTo(Design design, string folder)
    {
        using var output = OutputSet.Begin(folder);
        foreach (var file in Emit(design))
        {
            output.Add(file.Name, file.Text);
        }

        return [.. output.Commit().SkipLast(1)];
    }
}
