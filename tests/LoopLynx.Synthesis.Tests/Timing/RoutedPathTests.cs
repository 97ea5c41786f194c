using LoopLynx.Synthesis.Netlist;
using LoopLynx.Synthesis.Tests.Support;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Synthesis.Tests.Timing;

/// <summary>
/// The one routed path of a -2 device whose report is public with every cell and fan-out (RapidWright's tutorial on reusing timing-closed logic: a MicroBlaze at 500 MHz,
/// placed by hand): 1.846 ns from the clock to the pin and 0.061 ns of setup.
/// </summary>
public sealed class RoutedPathTests
{
    private const double RoutedNs = 1.846 + 0.061;

    /// <summary>The path in CARRY8, with as many loads on its nets as the report says.</summary>
    private static MappedModule Path()
    {
        var module = new NetlistBuilder("Path").WithClock();
        int Carry(string name, string entry, int index, int net, int output)
        {
            int[] carries = [.. Enumerable.Range(0, 8).Select(i => module.Net($"{name}_co{i}"))];
            int[] selects = [.. Enumerable.Range(0, 8).Select(i => entry == "S" && i == index ? net : MappedModule.Zero)];
            module.Cell(name, "CARRY8", new Dictionary<string, string>(), ("CI", [entry == "CI" ? net : MappedModule.Zero]), ("S", selects), ("DI", [.. Enumerable.Repeat(MappedModule.Zero, 8)]), ("CO", carries));
            return carries[output];
        }

        void Load(string name, int net, int count)
        {
            for (var i = 0; i < count; i++)
            {
                module.Register($"{name}{i}", module.Lut($"{name}_gate{i}", net));
            }
        }

        var operand = module.Register("operand", module.Input("operand_in"));
        var compare = module.Lut("compare", MappedModule.Zero, MappedModule.Zero, operand, MappedModule.Zero, MappedModule.Zero, MappedModule.Zero);
        var jump = Carry("jump", "CI", 0, Carry("compared", "S", 2, compare, 7), 1);
        var wait = Carry("wait", "S", 3, module.Lut("mem_wait", jump, MappedModule.Zero, MappedModule.Zero, MappedModule.Zero), 7);
        var run = Carry("run", "CI", 0, wait, 4);
        Load("piece", run, 323);
        var count = module.Lut("count", MappedModule.Zero, run);
        module.Register("single_step", module.Input("step_in"), count);
        module.Register("second_step", module.Input("step_in2"), count);
        return module.Done();
    }

    private static double Ns(string wires)
    {
        var design = SynthesisedDesign.Of([Path()], "Path", []);
        var data = design.Data with { Wires = [design.Data.Wires.Single(w => w.Name == wires)] };
        var path = TimingAnalysis.Run(design.Absorbed, data, [], new(500) { Paths = 1, Wires = wires }, TestContext.Current.CancellationToken).Paths[0];
        Assert.Equal(("operand", "single_step/CE"), (path.From, path.To.Replace("second", "single", StringComparison.Ordinal)));
        return path.Ns;
    }

    [Fact]
    public void With_ideal_nets_it_takes_what_the_router_reached() => Assert.InRange(Ns("ideal"), 0.95 * RoutedNs, 1.10 * RoutedNs);

    [Fact]
    public void With_typical_nets_it_is_longer_than_routed() => Assert.InRange(Ns("typical"), RoutedNs, 1.65 * RoutedNs);
}
