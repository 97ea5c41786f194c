using System.Text.RegularExpressions;
using LoopLynx.Gen;

namespace LoopLynx.Synthesis.Yosys;

/// <summary>The text of one module, as far as mapping needs to look into it.</summary>
/// <param name="file">The emitted file, which holds one module.</param>
internal sealed partial class VerilogModule(VerilogFile file)
{
    /// <summary>Name of the module.</summary>
    public string Name { get; } = Path.GetFileNameWithoutExtension(file.Name);

    /// <summary>The file's name.</summary>
    public string FileName { get; } = file.Name;

    /// <summary>The text, without the C# lines behind its own: a line that has moved makes no other netlist.</summary>
    public string Text { get; } = WithoutLines(file);

    /// <summary>The module's head with its ports: all that another module's mapping depends on.</summary>
    public string Interface { get; } = Head(file with { Text = WithoutLines(file) });

    /// <summary>Those of the given modules that this one has instances of.</summary>
    public IEnumerable<VerilogModule> Children(IEnumerable<VerilogModule> modules) =>
        modules.Where(m => m.Name != Name && Text.Contains($"\n    {m.Name} ", StringComparison.Ordinal));

    /// <summary>A file's text without the C# lines.</summary>
    public static string WithoutLines(VerilogFile file) => Provenance().Replace(file.Text, "");

    [GeneratedRegex(@"  // \w+\.cs:\d+$", RegexOptions.Multiline)]
    private static partial Regex Provenance();

    private static string Head(VerilogFile file)
    {
        var start = file.Text.IndexOf("\nmodule ", StringComparison.Ordinal);
        var end = start < 0 ? -1 : file.Text.IndexOf("\n);", start, StringComparison.Ordinal);
        return end < 0
            ? throw new SynthesisException($"{file.Name} has no module with a list of ports; give the files that the Verilog backend writes")
            : file.Text[(start + 1)..(end + 4)];
    }
}
