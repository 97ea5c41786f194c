using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Sim;
using LoopLynx.Sim.Coverage;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Coverage;

/// <summary>Runs tanks with coverage on any engine.</summary>
internal static class CoverageRun
{
    /// <summary>A covered engine; Verilator's reads its registers by a port.</summary>
    public static CoverageEngine Start(EngineKind kind, Module top) =>
        Start(kind, CoverageDesign.Of(Elaborator.Elaborate(top), new CoverageOptions { ReadPort = kind == EngineKind.Verilator }));

    public static CoverageEngine Start(EngineKind kind, CoverageDesign coverage) => new(TestEngines.Create(kind, coverage.Design), coverage);

    /// <summary>A run with one value of (enable, data) a cycle after reset.</summary>
    public static CoverageDatabase Of(EngineKind kind, Module top, params (int Enable, int Data)[] cycles)
    {
        using var engine = Start(kind, top);
        var bench = new Bench(engine);
        foreach (var (enable, data) in cycles)
        {
            engine.Poke("Enable", enable);
            engine.Poke("Data", data);
            bench.Step();
        }

        return engine.Collect();
    }

    /// <summary>The line of Tank.cs that ends in this comment.</summary>
    public static int Line(string comment, [CallerFilePath] string file = "") =>
        Array.FindIndex(File.ReadAllLines(Path.Combine(Path.GetDirectoryName(file)!, "Tank.cs")), line => line.EndsWith($"// {comment}", StringComparison.Ordinal)) + 1;

    /// <summary>The gaps of the report, with comments instead of lines: <c>Tank.cs(to fill) line (Tank)</c> becomes <c>to fill: line</c>.</summary>
    public static string Gaps(CoverageReport report)
    {
        string[] comments = ["enable port", "data port", "level port", "rows port", "step", "level", "switch", "idle", "to fill", "fill", "empty", "to drain", "log", "odd", "drain", "cover", "output", "rows"];
        return string.Concat(CoverageText.Missed(report).Select(gap => comments.Aggregate(gap, (text, comment) => text.Replace($"Tank.cs({Line(comment)})", $"{comment}:", StringComparison.Ordinal)).Replace(" (Tank)", "", StringComparison.Ordinal) + "\n"));
    }
}
