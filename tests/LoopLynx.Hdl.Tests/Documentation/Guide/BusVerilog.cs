using LoopLynx.Gen;
using LoopLynx.Sim;
using LoopLynx.Testing;
using LoopLynx.Verilator;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>What docs/guide/13-buses.md prints.</summary>
internal static class BusVerilog
{
    /// <summary>The port list of the emitted module.</summary>
    public static string PortsOf(Module module)
    {
        var design = Elaborator.Elaborate(module);
        var text = VerilogBackend.Emit(design).Single(f => f.Name == $"{design.Top.Name}.v").Text;
        var start = text.IndexOf($"module {design.Top.Name}", StringComparison.Ordinal);
        return text[start..(text.IndexOf(");\n", start, StringComparison.Ordinal) + 3)];
    }

    /// <summary>The message when a manager takes its address back.</summary>
    public static string BrokenPromise()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Timer());
        var bench = new Bench(engine);
        bench.Step();
        engine.Poke("s_axi_awvalid", 1);
        bench.Step();
        engine.Poke("s_axi_awvalid", 0);
        return $"{Assert.Throws<AssertionFailedException>(bench.Step).Message}\n";
    }

    /// <summary>What Verilator has to say about a module, without its claims and with them.</summary>
    public static string Lint(string folder, Module module)
    {
        var design = Elaborator.Elaborate(module);
        var files = VerilogBackend.WriteTo(design, folder);
        string[][] flags = [[], ["+define+SIMULATION"]];
        return string.Concat(flags.Select(f => ExternalTool.Verilator.Run(["--lint-only", "-Wall", .. f, "--top-module", design.Top.Name, .. files]).Log));
    }
}
