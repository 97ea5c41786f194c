using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;

namespace LoopLynx.Synthesis.Timing;

/// <summary>
/// Connections that lie within a site, or are wired from one site to the next: they take no way over the fabric wherever the cells are placed.
/// </summary>
internal static class SiteWires
{
    /// <summary>How a connection lies within a site; null where it goes over the fabric.</summary>
    public static WireKind? Within(FlatCell driver, int driverPin, FlatCell load, int loadPin, int loads)
    {
        var from = driver.Model.Kind;
        var to = load.Model.Kind;
        var port = load.Model.Pins[loadPin].Port;
        return (from, to) switch
        {
            (CellKind.Lut or CellKind.Mux or CellKind.LutRam, CellKind.Mux) when port != "S" => WireKind.Site,
            (CellKind.Carry, CellKind.Carry) when port == "CI" =>
                load.Model.Name.EndsWith("upper", StringComparison.Ordinal) ? WireKind.Site : WireKind.NextCarry,
            (CellKind.Lut, CellKind.Carry) when port == "S" => WireKind.Site,
            (CellKind.Carry, CellKind.FlipFlop) when port == "D" && driver.Model.Pins[driverPin].Port == "O" => WireKind.Site,
            (CellKind.Lut or CellKind.Mux or CellKind.LutRam, CellKind.FlipFlop) when port == "D" && loads == 1 => WireKind.Site,
            (CellKind.Dsp, CellKind.Dsp) when port is "PCIN" or "ACIN" or "BCIN" => WireKind.Site,
            _ => null,
        };
    }
}
