using System.Text.RegularExpressions;
using LoopLynx.Gen;

namespace LoopLynx.Synthesis.Yosys;

/// <summary>The text of one module, as far as mapping needs to look into it.</summary>
internal sealed partial class VerilogModule
{
    /// <summary>Reads a module.</summary>
    /// <param name="file">The emitted file, which holds one module.</param>
    public VerilogModule(VerilogFile file)
    {
        (FileName, Text) = (file.Name, WithoutLines(file));
        Interface = Head();
    }

    /// <summary>Name of the module.</summary>
    public string Name => Path.GetFileNameWithoutExtension(FileName);

    /// <summary>The file's name.</summary>
    public string FileName { get; }

    /// <summary>The text, without the C# lines behind its own: a line that has moved makes no other netlist.</summary>
    public string Text { get; }

    /// <summary>The module's head with its ports: all that another module's mapping depends on.</summary>
    public string Interface { get; }

    /// <summary>Those of the given modules that this one has instances of.</summary>
    public IEnumerable<VerilogModule> Children(IEnumerable<VerilogModule> modules) =>
        modules.Where(m => m.Name != Name && Text.Contains($"\n    {m.Name} ", StringComparison.Ordinal));

    /// <summary>A file's text without the C# lines.</summary>
    public static string WithoutLines(VerilogFile file) => Provenance().Replace(file.Text, "");

    [GeneratedRegex(@"  // \w+\.cs:\d+$", RegexOptions.Multiline)]
    private static partial Regex Provenance();

    private string Head()
    {
        var start = Text.IndexOf("\nmodule ", StringComparison.Ordinal);
        var end = start < 0 ? -1 : Text.IndexOf("\n);", start, StringComparison.Ordinal);
        return end < 0
            ? throw new SynthesisException($"{FileName} has no module with a list of ports; give the files that the Verilog backend writes")
            : Text[(start + 1)..(end + 4)];
    }
}
