using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Tests.Support;

/// <summary>A temporary folder with the emitted files of a design; deleted at the end unless the test fails to reach it.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>Emits a design.</summary>
    public WorkFolder(Design design)
    {
        Design = design;
        Files = [.. VerilogBackend.WriteTo(design, Path).Select(f => System.IO.Path.GetFileName(f))];
    }

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("looplynx-gen-").FullName;

    /// <summary>What was emitted.</summary>
    public Design Design { get; }

    /// <summary>Emitted file names, children first.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Module name of the top.</summary>
    public string Top => System.IO.Path.GetFileNameWithoutExtension(Files[^1]);

    /// <summary>Checks that the tools accept the text without a warning; Yosys takes its time, so it can be left out.</summary>
    /// <param name="yosys">Whether Yosys checks too.</param>
    /// <param name="waived">Verilator's warnings to leave out.</param>
    public void Lint(bool yosys = true, params IEnumerable<string> waived)
    {
        Silent("verilator", ["--lint-only", "-Wall", .. waived.Select(w => $"-Wno-{w}"), "--top-module", Top, .. Files]);
        Silent("iverilog", ["-g2005", "-Wall", "-o", "lint.vvp", "-s", Top, .. Files]);
        if (yosys)
        {
            Silent("yosys", ["-q", "-p", $"read_verilog {string.Join(' ', Files)}; hierarchy -check -top {Top}; proc; check -assert"]);
        }
    }

    /// <summary>Runs Yosys commands; returns what it printed, warnings at the least.</summary>
    public string Yosys(string commands) => Tool.Check(Path, "yosys", ["-q", "-p", commands]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void Silent(string program, IEnumerable<string> arguments)
    {
        var (code, output) = Tool.Run(Path, program, arguments);
        Assert.True(code == 0 && output.Length == 0, $"{program}: {output}\n{string.Join('\n', Files.Select(f => File.ReadAllText(System.IO.Path.Combine(Path, f))))}");
    }
}
