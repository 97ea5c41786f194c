using LoopLynx.Hdl.Tests.Arithmetic;
using LoopLynx.Hdl.Tests.Documentation.Guide;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>The Verilog of buses, checkers and arithmetic units is clean, with the claims and without.</summary>
public class BusLintTests
{
    public static TheoryData<string> Designs => [.. Modules.Keys];

    private static Dictionary<string, Func<Module>> Modules { get; } = new()
    {
        ["memory"] = () => new BurstMemory(new Axi4Format(AddressBits: 14, DataBits: 32, IdBits: 2)),
        ["memory of a byte"] = () => new BurstMemory(new Axi4Format(AddressBits: 12, DataBits: 8)),
        ["AXI4"] = () => new BurstScript(),
        ["AXI4-Lite"] = () => new LiteScript(),
        ["AXI4-Stream"] = () => new StreamScript(),
        ["arithmetic"] = () => new ArithmeticBoard(),
    };

    [Theory]
    [MemberData(nameof(Designs))]
    public void Lints_without_a_warning(string design)
    {
        Assert.SkipUnless(TestEngines.Kinds.Contains(EngineKind.Verilator), "runs without Verilator");
        var folder = Directory.CreateTempSubdirectory("looplynx-lint-").FullName;
        try
        {
            Assert.Equal("", BusVerilog.Lint(folder, Modules[design]()));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
