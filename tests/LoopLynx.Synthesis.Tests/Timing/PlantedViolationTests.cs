using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Netlist;
using LoopLynx.Synthesis.Tests.Support;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Synthesis.Tests.Timing;

/// <summary>One violation per rule of the analysis, planted into a design that passes: each turns the report red, and nothing else does.</summary>
public sealed class PlantedViolationTests
{
    private const double Mhz = 300;

    private static TimingReport Analyse(params MappedModule[] modules)
    {
        var design = SynthesisedDesign.Of(modules, modules[^1].Name, []);
        return TimingAnalysis.Run(design.Absorbed, design.Data, [], new(Mhz), TestContext.Current.CancellationToken);
    }

    /// <summary>Two registers with look-up tables between them; <paramref name="also"/> adds what is planted.</summary>
    private static MappedModule Stage(int levels, Action<NetlistBuilder, int, int>? also = null)
    {
        var module = new NetlistBuilder("Stage").WithClock();
        var first = module.Register("first", module.Input("a"));
        var second = module.Register("second", module.Luts("step", levels, first));
        also?.Invoke(module, first, second);
        module.Output("y", second);
        return module.Done();
    }

    [Fact]
    public void The_design_without_a_violation_passes()
    {
        var report = Analyse(Stage(3));
        Assert.True(report.Passes);
        Assert.All(report.Models, m => Assert.True(m is { Failing: 0, WorstSlackNs: > 0 }));
        Assert.Equal(0, report.Untimed + report.OverLevels + report.OverFanout + report.CombinationalThrough);

        // Clock to Q, three nets of one load with the first input of a LUT behind each, the last LUT in the flip-flop's site, its setup time.
        Assert.Equal(0.079 + (3 * (0.28 + 0.05)) + 0.025, report.Paths[0].Ns, 3);

        // Two data inputs and the machine's output are timed, two enables and two resets constant.
        Assert.Equal((3, 4), (report.Models[0].Endpoints, report.Constant));
    }

    [Fact]
    public void A_register_that_is_missing_is_too_many_levels_and_too_slow()
    {
        MappedModule Two(bool registered)
        {
            var module = new NetlistBuilder("Two").WithClock();
            var first = module.Luts("a", 5, module.Register("first", module.Input("in")));
            var middle = registered ? module.Register("middle", first) : first;
            module.Output("out", module.Register("last", module.Luts("b", 5, middle)));
            return module.Done();
        }

        Assert.True(Analyse(Two(registered: true)).Passes);
        var report = Analyse(Two(registered: false));
        Assert.Equal(1, report.OverLevels);
        Assert.All(report.Models.Where(m => m.Name != "ideal"), m => Assert.Equal(1, m.Failing));
        var path = Assert.Single(report.Paths, p => p.SlackNs < 0);
        Assert.Equal(("first", "last", 10, "Two"), (path.From, path.To, path.Levels, path.Module));
        Assert.False(report.Passes);
    }

    [Theory]
    [InlineData(512, 0)]
    [InlineData(600, 1)]
    public void An_enable_of_too_many_loads_is_found(int loads, int over)
    {
        var report = Analyse(Stage(0, (module, _, _) =>
        {
            var enable = module.Register("enable", module.Input("go"));
            for (var i = 0; i < loads; i++)
            {
                module.Register($"wide{i}", module.Register($"data{i}", module.Input($"in{i}")), enable);
            }
        }));
        Assert.Equal(over, report.OverFanout);
        Assert.Equal(over == 0 ? [] : [$"enable: {loads} loads"], report.WideNets);
        Assert.Equal(over == 0, report.Passes);
    }

    [Theory]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    public void A_net_of_too_many_loads_is_found(int loads, int over)
    {
        var report = Analyse(Stage(0, (module, _, second) =>
        {
            for (var i = 0; i < loads; i++)
            {
                module.Register($"wide{i}", second);
            }
        }));
        Assert.Equal(over, report.OverFanout);
        Assert.True(over == 0 || !report.Passes);
    }

    [Theory]
    [InlineData(200, 0)]
    [InlineData(201, 1)]
    public void Four_levels_over_a_wide_net_are_too_many(int loads, int over)
    {
        var report = Analyse(Stage(0, (module, first, second) =>
        {
            // The output and the first of the levels are loads too.
            for (var i = 0; i < loads - 2; i++)
            {
                module.Register($"wide{i}", second);
            }

            module.Register("deep", module.Luts("deep_step", 4, second));
            module.Register("shallow", module.Luts("shallow_step", 5, first));
        }));
        Assert.Equal(over, report.OverLevels);
        Assert.True(over == 0 || !report.Passes);
    }

    [Fact]
    public void A_ready_through_two_kernels_is_found_in_both()
    {
        MappedModule Kernel(bool registered)
        {
            var kernel = new NetlistBuilder("Kernel").WithClock();
            var ready = kernel.Lut("gate", kernel.Input("out_ready"), kernel.Register("busy", kernel.Input("in_valid")));
            kernel.Output("in_ready", registered ? kernel.Register("held", ready) : ready);
            return kernel.Done();
        }

        MappedModule Chain()
        {
            var top = new NetlistBuilder("Chain").WithClock();
            var (inner, outer) = (top.Net("inner_ready"), top.Net("outer_ready"));
            var valid = top.Register("valid", top.Input("in_valid"));
            var ready = top.Register("ready", top.Input("out_ready"));
            top.Cell("left", "Kernel", ("clk", top.Clock), ("in_valid", valid), ("out_ready", inner), ("in_ready", outer));
            top.Cell("right", "Kernel", ("clk", top.Clock), ("in_valid", valid), ("out_ready", ready), ("in_ready", inner));
            top.Output("in_ready", top.Register("taken", outer));
            return top.Done();
        }

        Assert.True(Analyse(Kernel(registered: true), Chain()).Passes);
        var report = Analyse(Kernel(registered: false), Chain());
        Assert.Equal(["left.in_ready", "right.in_ready"], report.ThroughNames);
        Assert.Equal(2, report.CombinationalThrough);
        Assert.False(report.Passes);
    }

    [Fact]
    public void A_path_that_no_value_takes_is_timed_all_the_same()
    {
        // Both multiplexers have the same select: the slow input of the first never reaches the second's output. There is no way to tell the analysis so.
        var report = Analyse(Stage(0, (module, first, _) =>
        {
            var select = module.Register("select", module.Input("s"));
            var slow = module.Luts("slow", 12, first);
            var (middle, end) = (module.Net("middle"), module.Net("end"));
            module.Cell("mux0", "MUXF7", ("I0", slow), ("I1", first), ("S", select), ("O", middle));
            module.Cell("mux1", "MUXF8", ("I0", first), ("I1", middle), ("S", select), ("O", end));
            module.Register("never", module.Lut("last", end));
        }));
        Assert.Equal(1, report.OverLevels);
        Assert.Equal("never", report.Paths[0].To);
        Assert.True(report.Paths[0].SlackNs < 0);
        Assert.False(report.Passes);
    }

    /// <summary>A design whose nets between two nodes are too long with spread nets alone.</summary>
    [Fact]
    public void A_net_between_two_nodes_is_found_by_spread_nets()
    {
        MappedModule Node(int levels)
        {
            var node = new NetlistBuilder("Node").WithClock();
            node.Output("out", node.Luts("before", levels, node.Register("sent", node.Input("start"))));
            node.Register("landed", node.Luts("behind", levels, node.Input("in")));
            return node.Done();
        }

        MappedModule Pair()
        {
            var top = new NetlistBuilder("Pair").WithClock();
            var (there, back) = (top.Net("there"), top.Net("back"));
            var start = top.Input("start");
            top.Cell("node0", "Node", ("clk", top.Clock), ("start", start), ("in", back), ("out", there));
            top.Cell("node1", "Node", ("clk", top.Clock), ("start", start), ("in", there), ("out", back));
            return top.Done();
        }

        TimingReport Of(int levels)
        {
            var design = SynthesisedDesign.Of([Node(levels), Pair()], "Pair", []);
            return TimingAnalysis.Run(design.Absorbed, design.Data, [], new(Mhz) { Place = new(1) }, TestContext.Current.CancellationToken);
        }

        Assert.True(Of(1).Passes);
        var report = Of(3);
        Assert.Equal([("typical", 0), ("ideal", 0), ("spread", 2)], report.Models.Select(m => (m.Name, m.Failing)));
        Assert.False(report.Passes);
    }

    [Theory]
    [InlineData("falsePaths")]
    [InlineData("multicycle")]
    [InlineData("maxDelay")]
    [InlineData("exceptions")]
    public void The_data_file_can_t_ask_for_an_exception(string name)
    {
        const string Data = """{ "name": "n", "sources": {}, "uncertaintyNs": 0.1, "wires": [], "figures": {}MORE }""";
        Assert.Equal("n", TimingData.Parse(Data.Replace("MORE", "", StringComparison.Ordinal)).Name);
        var error = Assert.Throws<SynthesisException>(
            () => TimingData.Parse(Data.Replace("MORE", $$""", "{{name}}": [{ "from": "first", "to": "second" }]""", StringComparison.Ordinal)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_the_library_doesnt_know_is_an_error()
    {
        var error = Assert.Throws<SynthesisException>(() => Analyse(Stage(1, (module, first, _) => module.Cell("odd", "LUT6_2", ("I0", first)))));
        Assert.Equal("cell odd is a LUT6_2, which the timing library doesn't know; add it to LoopLynx.Synthesis.Cells", error.Message);
    }

    [Fact]
    public void A_port_without_an_arc_is_an_error()
    {
        var error = Assert.Throws<SynthesisException>(() => Analyse(Stage(1, (module, first, _) => module.Cell("odd", "MUXF7", ("I0", first), ("X", first)))));
        Assert.Equal("cell odd (MUXF7) has a port X, for which the timing library has no arc; add it to LoopLynx.Synthesis.Cells", error.Message);
    }

    [Fact]
    public void A_falling_edge_is_an_error() => Assert.Contains("falling edge", Assert.Throws<SynthesisException>(() => Analyse(Stage(1, (module, first, _) =>
        module.Cell("odd", "FDRE", new Dictionary<string, string> { ["IS_C_INVERTED"] = "1" }, ("C", [module.Clock]), ("D", [first]), ("Q", [module.Net("q")]))))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_loop_is_an_error()
    {
        var error = Assert.Throws<SynthesisException>(() => Analyse(Stage(1, (module, first, _) =>
        {
            var back = module.Net("back");
            var there = module.Lut("there", first, back);
            module.Cell("close", "LUT1", ("I0", there), ("O", back));
        })));
        Assert.Matches("^a loop without a register leads through (back, there|there, back); put a register into it$", error.Message);
    }

    [Fact]
    public void Two_drivers_are_an_error()
    {
        var error = Assert.Throws<SynthesisException>(() => Analyse(Stage(1, (module, first, second) => module.Cell("other", "LUT1", ("I0", first), ("O", second)))));
        Assert.Equal("second is driven by second_ff and by other; give it one driver", error.Message);
    }

    [Fact]
    public void An_endpoint_that_nothing_drives_is_untimed()
    {
        var report = Analyse(Stage(1, (module, first, _) => module.Register("third", module.Lut("either", first, module.Net("floating")))));
        Assert.Equal(1, report.Untimed);
        Assert.Equal(["third"], report.UntimedNames);
        Assert.False(report.Passes);
    }

    [Fact]
    public void An_endpoint_of_another_clock_is_untimed()
    {
        var report = Analyse(Stage(1, (module, first, _) => module.Cell("alien", "FDRE", ("C", module.Input("clk2")), ("D", first), ("Q", module.Net("other")))));
        Assert.Equal(1, report.Untimed);
        Assert.False(report.Passes);
    }

    [Fact]
    public void Without_its_clock_a_design_isnt_analysed() =>
        Assert.Equal("Bare has no input 'clk'; name its clock", Assert.Throws<SynthesisException>(() => Analyse(new NetlistBuilder("Bare").Done())).Message);
}
