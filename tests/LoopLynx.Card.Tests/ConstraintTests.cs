using System.Text.Json;
using System.Text.RegularExpressions;
using LoopLynx.Accelerator;
using LoopLynx.Card.Package;
using LoopLynx.Runtime;

namespace LoopLynx.Card.Tests;

/// <summary>The names in the constraints are those of registers that exist below the top: by the netlist that Yosys makes of the Verilog.</summary>
public sealed partial class ConstraintTests : IDisposable
{
    private readonly Folder _folder = new();

    private static string Text => Small.Files["looplynx_node.xdc"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_pattern_takes_as_many_registers_as_it_says()
    {
        var registers = Registers();
        var lines = Stated().Matches(Text);
        Assert.Equal(Text.Split("get_cells").Length - 1, lines.Count);
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            var pattern = line.Groups["pattern"].Value;
            Assert.EndsWith("_reg*", pattern);
            var taken = new Regex($"^{Regex.Escape(pattern[..^"_reg*".Length]).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$");
            var count = registers.Count(taken.IsMatch);
            Assert.NotEqual(0, count);
            Assert.Equal((pattern, int.Parse(line.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture)), (pattern, count));
        });
    }

    [Fact]
    public void The_rings_registers_stay_where_they_are()
    {
        var c = CardRing.OfKernels(Small.Configuration with { Nodes = 2 });
        var text = ConstraintsWriter.InKernel(new CardKernel(c, Machine.ElaborateKernel(c)));
        Assert.DoesNotContain("# 0 registers", text, StringComparison.Ordinal);
        Assert.Contains("core/ring/sender/bank*/out_*_reg*", text, StringComparison.Ordinal);
        Assert.Contains("core/ring/receiver/pin_*_reg*", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_die_is_named_inside_the_kernel() => Assert.DoesNotMatch("pblock|SLR", Text);

    [Fact]
    public void The_kernel_alone_has_the_cards_clock() =>
        Assert.Contains("create_clock -name ap_clk -period 3.333 [get_ports {ap_clk}]", Small.Files["looplynx_node_ooc.xdc"]);

    /// <summary>Names of the nets that registers drive, with <c>/</c> between levels.</summary>
    private HashSet<string> Registers()
    {
        var sources = string.Join(' ', Small.Files.Keys.Where(f => f.EndsWith(".v", StringComparison.Ordinal)));
        var script = $"read_verilog {sources}; hierarchy -check -top {CardKernel.Name}; proc; flatten; write_json flat.json";
        var result = Small.Run("yosys", "yosys", _folder.Path, "-q", "-p", script);
        Assert.True(result.ExitCode == 0, result.Log);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["flat.json"]));
        var top = json.RootElement.GetProperty("modules").GetProperty(CardKernel.Name);
        var driven = top.GetProperty("cells").EnumerateObject()
            .Where(c => c.Value.GetProperty("type").GetString()!.Contains("dff", StringComparison.Ordinal))
            .Select(c => c.Value.GetProperty("connections").GetProperty("Q")).SelectMany(q => q.EnumerateArray()).Select(b => b.ToString()).ToHashSet();
        return
        [
            .. top.GetProperty("netnames").EnumerateObject()
                .Where(n => n.Value.GetProperty("bits").EnumerateArray().All(b => driven.Contains(b.ToString())))
                .Select(n => n.Name.Replace('.', '/')),
        ];
    }

    [GeneratedRegex(@"^# (?<count>\d+) registers:\nset_property DONT_TOUCH true \[get_cells \{(?<pattern>[^}]+)\}\]$", RegexOptions.Multiline)]
    private static partial Regex Stated();
}
