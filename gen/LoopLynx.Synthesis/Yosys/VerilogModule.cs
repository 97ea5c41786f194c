using LoopLynx.Gen;

namespace LoopLynx.Synthesis.Yosys;

/// <summary>The text of one module, as far as mapping needs to look into it.</summary>
/// <param name="file">The emitted file, which holds one module.</param>
internal sealed class VerilogModule(VerilogFile file)
{
    /// <summary>Name of the module.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(file.Name);

    /// <summary>The file.</summary>
    public VerilogFile File { get; } = file;

    /// <summary>The module's head with its ports: all that another module's mapping depends on.</summary>
    public string Interface { get; } = Head(file);

    /// <summary>Those of the given modules that this one has instances of.</summary>
    public IEnumerable<VerilogModule> Children(IEnumerable<VerilogModule> modules) =>
        modules.Where(m => m.Name != Name && File.Text.Contains($"\n    {m.Name} ", StringComparison.Ordinal));

    private static string Head(VerilogFile file)
    {
        var start = file.Text.IndexOf("\nmodule ", StringComparison.Ordinal);
        var end = start < 0 ? -1 : file.Text.IndexOf("\n);", start, StringComparison.Ordinal);
        return end < 0
            ? throw new SynthesisException($"{file.Name} has no module with a list of ports; give the files that the Verilog backend writes")
            : file.Text[(start + 1)..(end + 4)];
    }
}
