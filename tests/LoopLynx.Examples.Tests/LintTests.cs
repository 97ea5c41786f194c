using LoopLynx.Examples.Fir;
using LoopLynx.Examples.Primer;
using LoopLynx.Examples.Sorter;
using LoopLynx.Examples.Uart;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Testing;
using LoopLynx.Verilator;

using Counter = LoopLynx.Examples.Primer.Counter;

namespace LoopLynx.Examples.Tests;

/// <summary>Verilator has nothing to say about the examples' Verilog.</summary>
public class LintTests
{
    private static readonly Module[] Designs =
    [
        new FirFilter([1, 3, 5, 7]), new LaneSorter(Hardware.SInt(8), lanes: 8), new UartEcho(cyclesPerBit: 16, depth: 16),
        new Counter(8), new ShiftRegister(8), new TrafficLight(20, 5), new Fifo(Hardware.UInt(8), 16), new Gcd(16), new RegisterFile(32, 32),
        new Arbiter(8), new Crc32(), new PriorityEncoder(8),
    ];

    public static TheoryData<string> Names => [.. Designs.Select(design => design.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_Verilog_lints_clean(string name)
    {
        Assert.SkipUnless(TestEngines.Kinds.Contains(EngineKind.Verilator), "runs without Verilator");
        var folder = Directory.CreateTempSubdirectory("looplynx-example-").FullName;
        try
        {
            var files = VerilogBackend.WriteTo(Elaborator.Elaborate(Designs.Single(design => design.GetType().Name == name)), folder);
            var result = ExternalTool.Verilator.Run(["--lint-only", "-Wall", "--top-module", name, .. files], cancellation: TestContext.Current.CancellationToken);
            Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
