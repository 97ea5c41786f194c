using LoopLynx.Verilator;

namespace LoopLynx.Cli.Tests;

/// <summary>The Verilog of the whole node in the tools that a user has.</summary>
public sealed class RtlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<string[]> Emit(string name, params string[] options)
    {
        var result = await CliResult.Run(["rtl", "--out", _folder[name], "--json", .. options]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(options.Contains("--nodes") ? name : "LoopLynxNode", result.Json.GetProperty("topModule").GetString());
        string[] files = [.. result.Json.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)];
        Assert.All(files, f => Assert.True(File.Exists(f)));
        return [.. files.Where(f => f.EndsWith(".v", StringComparison.Ordinal) && Path.GetDirectoryName(f) == _folder[name])];
    }

    private static async Task<string> Tool(string program, params string[] arguments)
    {
        var result = await new ExternalTool(program, $"apt-get install {program}").RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"{program} failed:\n{result.Log}");
        return result.Log;
    }

    [Theory]
    [InlineData("full")]
    [InlineData("small", "--channels", "2", "--lanes", "4")]
    [InlineData("gpt2", "--shape", "gpt2-345m")]
    public async Task It_is_clean_in_Verilator_and_compiles_in_Icarus(string name, params string[] options)
    {
        var files = await Emit(name, options);
        Assert.Equal("", (await Tool("verilator", ["--lint-only", "-Wall", "--top-module", "LoopLynxNode", .. files])).Trim());
        await Tool("iverilog", ["-g2001", "-t", "null", .. files]);
    }

    [Fact]
    public async Task Yosys_finds_nothing_to_complain_about()
    {
        var files = await Emit("yosys", "--channels", "2", "--lanes", "4");
        await Tool("yosys", "-q", "-p", $"read_verilog {string.Join(' ', files)}; hierarchy -check -top LoopLynxNode; proc; check -assert");
    }

    /// <summary>The text as it is, for the U50's family: what one kernel doesn't show, a memory that maps to nothing for example, stops the whole.</summary>
    [Fact]
    public async Task Yosys_maps_all_of_it_to_the_cells_of_the_family()
    {
        const string top = "LoopLynxRing";
        var files = await Emit(top, "--channels", "2", "--lanes", "4", "--preset", "paper", "--nodes", "2");
        var json = _folder["mapped.json"];
        await Tool("yosys", "-q", "-p", $"read_verilog {string.Join(' ', files)}; synth_xilinx -family xcup -noiopad -top {top}; write_json {json}");
        var text = File.ReadAllText(json);
        Assert.Contains("DSP48E2", text);
        Assert.Contains("RAMB18E2", text);
        Assert.DoesNotMatch("\"type\": \"\\$(mem|mul|add|sub|dff|shift|alu|lut|_)", text);
    }

    [Fact]
    public async Task The_boards_files_name_the_clock_and_every_region()
    {
        await Emit("board");
        var constraints = File.ReadAllText(Path.Combine(_folder["board"], "LoopLynxNode.xdc"));
        Assert.Contains("create_clock -name clk -period 3.508", constraints);
        Assert.Contains("resize_pblock [get_pblocks pblock_node0] -add {SLR0}", constraints);
        using var map = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["board"], "memory-map.json")));
        var regions = map.RootElement.GetProperty("regions").EnumerateArray().ToArray();
        Assert.Equal(16, regions.Length);

        // Four layers of 408 rows of 64 bytes: 6 of constants, 102 + 34 + 136 + 130 of the matrices.
        Assert.All(regions.Where(r => r.GetProperty("name").GetString() == "weights"), r => Assert.Equal(4 * 408 * 64, r.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public async Task A_node_comes_with_its_kernel_and_a_node_of_a_ring_with_streams()
    {
        await Emit("one", "--channels", "2", "--lanes", "4");
        Assert.All(["looplynx_node.v", "kernel.xml", "package_kernel.tcl", "Makefile", "looplynx_host.cpp"], f => Assert.True(File.Exists(_folder[$"one/kernel/{f}"])));
        Assert.DoesNotContain("ring_in", File.ReadAllText(_folder["one/kernel/looplynx_node.v"]), StringComparison.Ordinal);
        await Emit("LoopLynxRing", "--channels", "2", "--lanes", "4", "--nodes", "2");
        Assert.All(["kernel.xml", "looplynx_node.v"], f =>
        {
            var text = File.ReadAllText(_folder[$"LoopLynxRing/kernel/{f}"]);
            Assert.Contains("ring_in", text, StringComparison.Ordinal);
            Assert.Contains("ring_out", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Two_runs_give_the_same_bytes()
    {
        var first = await Emit("first");
        var second = await Emit("second");
        Assert.Equal(first.Select(Path.GetFileName), second.Select(Path.GetFileName));
        Assert.All(first.Zip(second), pair => Assert.Equal(File.ReadAllText(pair.First), File.ReadAllText(pair.Second)));
    }

    [Fact]
    public async Task Names_are_those_of_the_C_sharp_code()
    {
        var files = await Emit("names");
        var slice = File.ReadAllText(files.Single(f => f.EndsWith("MatrixSlice.v", StringComparison.Ordinal)));
        Assert.All(["module MatrixSlice", "Weights", "Activations", "products", "accumulator", "MatrixSlice.cs:"], name => Assert.Contains(name, slice));
        var processor = File.ReadAllText(files.Single(f => f.EndsWith("MatrixProcessor.v", StringComparison.Ordinal)));
        Assert.All(["MatrixChannel channel0", "MatrixChannel channel7", "takesRow", "rowReturns"], name => Assert.Contains(name, processor));
    }
}
