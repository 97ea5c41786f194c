using LoopLynx.Accelerator;
using LoopLynx.Runtime;

namespace LoopLynx.Card.Tests;

/// <summary>The kernel's top: names of the tools, nothing loose.</summary>
public sealed class TopTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_clean_in_Verilator_with_all_of_the_kernel_below()
    {
        string[] sources = [.. Small.Files.Keys.Where(f => f.EndsWith(".v", StringComparison.Ordinal))];
        var result = Small.Run("verilator", "verilator", _folder.Path, ["--lint-only", "-Wall", "--top-module", CardKernel.Name, .. sources]);
        Assert.Equal((0, ""), (result.ExitCode, result.Log.Trim()));
    }

    [Theory]
    [InlineData("input  wire ap_clk")]
    [InlineData("input  wire ap_rst_n")]
    [InlineData("output wire interrupt")]
    [InlineData("input  wire [11:0] s_axi_control_awaddr")]
    [InlineData("output wire [63:0] m_axi_gmem0_araddr")]
    [InlineData("output wire [63:0] m_axi_gmem3_awaddr")]
    [InlineData("input  wire [127:0] m_axi_host_rdata")]
    public void It_has_the_names_that_the_tools_want(string port) => Assert.Contains($"{port}", Small.Files["looplynx_node.v"].Split(",\n").Select(Declared));

    [Fact]
    public void A_port_that_belongs_to_no_interface_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => new CardKernel(Small.Configuration, Machine.Elaborate(Small.Configuration)));
        Assert.Contains("Token_valid", e.Message);
    }

    [Fact]
    public void Every_pointer_has_a_master_and_every_master_a_pointer()
    {
        var masters = Small.Kernel.Interfaces.Where(i => i.Kind == InterfaceKind.Memory).Select(i => i.Name);
        Assert.Equal(masters.Order(), KernelRegisters.Arguments(4).Select(a => a.Port).OfType<string>().Distinct().Order());
    }

    private static string Declared(string text) => text.Trim().Split('\n')[^1] is var line && line == ");" ? "" : line.Trim();
}
