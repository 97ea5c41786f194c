using System.Globalization;
using System.Text.RegularExpressions;
using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Timing;
using LoopLynx.Verilator;

namespace LoopLynx.Synthesis.OpenSta;

/// <summary>Times a design with OpenSTA, on the same figures: a second reading of the netlist by an analyser that shares no code with this one.</summary>
public static partial class OpenStaCheck
{
    /// <summary>Debian's program.</summary>
    public static ExternalTool Tool { get; } = new("sta", "apt-get install opensta");

    /// <summary>The worst slack in ns by both: this library's, and OpenSTA's.</summary>
    /// <param name="design">The flat design; its cells have their models.</param>
    /// <param name="data">The delays.</param>
    /// <param name="wires">Name of the wire model.</param>
    /// <param name="clockMhz">The clock.</param>
    /// <param name="cancel">Ends OpenSTA.</param>
    /// <exception cref="SynthesisException">OpenSTA reports no slack.</exception>
    /// <exception cref="LoopLynx.Sim.SimulationException">It isn't installed.</exception>
    public static (double Ours, double OpenSta) WorstSlack(
        FlatDesign design, TimingData data, string wires, double clockMhz, CancellationToken cancel = default)
    {
        var graph = new TimingGraph(design, "clk");
        var model = new WireModel(data.Wires.First(w => w.Name == wires), data);
        var arrivals = new Arrivals(graph, model);
        var period = 1000 / clockMhz;
        var ours = period - data.UncertaintyNs - graph.Endpoints.Where(e => e.State == EndpointState.Timed).Max(arrivals.PathNs);
        var folder = Directory.CreateTempSubdirectory("looplynx-sta-").FullName;
        try
        {
            var library = new LibertyWriter();
            File.WriteAllText(Path.Combine(folder, "flat.v"), new StructuralWriter(graph, model, library).Text());
            File.WriteAllText(Path.Combine(folder, "flat.lib"), library.Text());
            File.WriteAllText(Path.Combine(folder, "flat.tcl"), string.Create(CultureInfo.InvariantCulture, $"""
                read_liberty flat.lib
                read_verilog flat.v
                link_design flat
                create_clock -name clk -period {period:0.000000} [get_ports clk]
                set_clock_uncertainty {data.UncertaintyNs} [get_clocks clk]
                set_input_delay 0 -clock clk [all_inputs]
                set_output_delay 0 -clock clk [all_outputs]
                report_checks -path_delay max -digits 6
                exit
                """));
            var result = Tool.Run(["-no_splash", "-exit", "flat.tcl"], folder, TimeSpan.FromMinutes(20), cancel);
            return Slack().Match(result.Log) is { Success: true } slack
                ? (ours, double.Parse(slack.Groups[1].Value, CultureInfo.InvariantCulture))
                : throw new SynthesisException($"OpenSTA reports no slack: {result.Log.Trim().Split('\n')[^1]}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"(-?\d+\.\d+)\s+slack")]
    private static partial Regex Slack();
}
