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
    public static IReadOnlyList<VerilogFile> Emit(Design design) =>
        [.. design.Definitions.Select(d => new VerilogFile(PortNames.Module(d) + ".v", new ModuleWriter(d).Write()))];

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
