using System.Globalization;
using System.Text;
using LoopLynx.Synthesis.Cells;

namespace LoopLynx.Synthesis.OpenSta;

/// <summary>Writes the models of cells as a Liberty library, with a cell of its own for each wire delay: another analyser then has the same figures.</summary>
internal sealed class LibertyWriter
{
    private readonly Dictionary<CellModel, string> _names = [];
    private readonly Dictionary<string, double> _wires = [];

    /// <summary>The library cell of a model.</summary>
    public string Cell(CellModel model)
    {
        if (!_names.TryGetValue(model, out var name))
        {
            _names[model] = name = $"{model.Name}_{_names.Count}";
        }

        return name;
    }

    /// <summary>The library cell of a wire.</summary>
    public string Wire(double ns)
    {
        var name = $"WIRE_{Math.Round(ns * 1e6):0}";
        _wires[name] = ns;
        return name;
    }

    /// <summary>Name of a pin.</summary>
    public static string Pin(PinModel pin) => $"{pin.Port}_{pin.Index}";

    /// <summary>The library of all cells asked for so far.</summary>
    public string Text()
    {
        var text = new StringBuilder(
            "library (looplynx) {\n  delay_model : table_lookup;\n  time_unit : \"1ns\";\n  capacitive_load_unit (1, pf);\n  voltage_unit : \"1V\";\n"
                + "  current_unit : \"1mA\";\n");
        foreach (var (name, ns) in _wires)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  cell ({name}) {{\n    pin (A) {{ direction : input; capacitance : 0; }}\n    pin (Z) {{ direction : output;\n"
                    + $"{Arc("A", "combinational", ns)}    }}\n  }}\n");
        }

        foreach (var (model, name) in _names)
        {
            text.Append(CultureInfo.InvariantCulture, $"  cell ({name}) {{\n");
            for (var pin = 0; pin < model.Pins.Count; pin++)
            {
                Append(text, model, pin);
            }

            text.Append("  }\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void Append(StringBuilder text, CellModel model, int pin)
    {
        var about = model.Pins[pin];
        var clock = model.Pins.FirstOrDefault(p => p.IsClock);
        text.Append(
            CultureInfo.InvariantCulture,
            $"    pin ({Pin(about)}) {{ direction : {(about.IsOutput ? "output" : "input")}; "
                + $"{(about.IsOutput ? "" : "capacitance : 0; ")}{(about.IsClock ? "clock : true; " : "")}\n");
        if (about.SetupNs is { } setup)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"      timing () {{ related_pin : \"{Pin(clock)}\"; timing_type : setup_rising; {Values("rise_constraint", setup)} "
                    + $"{Values("fall_constraint", setup)} }}\n");
        }

        if (about.ClockToOutNs is { } clockToOut)
        {
            text.Append(Arc(Pin(clock), "rising_edge", clockToOut));
        }

        foreach (var (from, ns) in Into(model, pin))
        {
            text.Append(Arc(Pin(model.Pins[from]), "combinational", ns));
        }

        text.Append("    }\n");
    }

    // Inner points are passed over: Liberty has none.
    private static IEnumerable<(int From, double Ns)> Into(CellModel model, int to)
    {
        foreach (var arc in model.Arcs.Where(a => a.To == to))
        {
            if (arc.From < model.Pins.Count)
            {
                yield return (arc.From, arc.Ns);
                continue;
            }

            foreach (var first in model.Arcs.Where(a => a.To == arc.From))
            {
                yield return (first.From, first.Ns + arc.Ns);
            }
        }
    }

    private static string Arc(string from, string type, double ns) => string.Create(CultureInfo.InvariantCulture,
        $"      timing () {{ related_pin : \"{from}\"; timing_type : {type}; "
            + $"{(type == "combinational" ? "timing_sense : non_unate; " : "")}{Values("cell_rise", ns)} {Values("cell_fall", ns)} "
            + $"{Values("rise_transition", 0)} {Values("fall_transition", 0)} }}\n");

    private static string Values(string group, double ns) => string.Create(CultureInfo.InvariantCulture, $"{group} (scalar) {{ values (\"{ns:0.000000}\"); }}");
}
