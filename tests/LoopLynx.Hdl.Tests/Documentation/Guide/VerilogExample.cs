using LoopLynx.Gen;
using LoopLynx.Verilator;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public static class VerilogExample
{
    public static string Print()
    {
        var design = Elaborator.Elaborate(new Volume(max: 5));
        return VerilogBackend.Emit(design).Single().Text;
    }

    public static ToolResult Lint(string folder)
    {
        var design = Elaborator.Elaborate(new MovingSum(window: 4));
        var files = VerilogBackend.WriteTo(design, folder);
        return ExternalTool.Verilator.Run(["--lint-only", "-Wall", "--top-module", "MovingSum", .. files]);
    }
}
