namespace LoopLynx.Synthesis.Cells;

/// <summary>DSP48E2 as a multiplier with optional registers at its operands (A, B), behind the multiplier (M) and at the output (P).</summary>
internal static class DspCells
{
    private static readonly string[] Operands = ["A", "B", "D", "ACIN", "BCIN"];
    private static readonly string[] Addends = ["C", "PCIN", "CARRYIN", "CARRYCASCIN", "MULTSIGNIN", "OPMODE", "ALUMODE", "INMODE", "CARRYINSEL"];

    /// <summary>A slice in the mode that its parameters say.</summary>
    public static CellModel Slice(ModelBuilder cell)
    {
        bool Has(string register) => cell.Cell.Registers(register);
        var (m, p) = (Has("MREG"), Has("PREG"));
        var toMultiplier = cell["dsp.input"] + cell["dsp.preAdd"] + cell["dsp.multiply"];
        var behind = cell["dsp.product"] + cell["dsp.alu"];
        cell.Clock("CLK");
        var inner = cell.InnerPoint();
        foreach (var port in Operands)
        {
            var registered = Has($"{port[0]}REG");
            Input(
                cell, port, inner, registered ? cell["dsp.input"] : m ? toMultiplier : p ? toMultiplier + behind : null,
                toMultiplier + behind + cell["dsp.output"]);
        }

        foreach (var port in Addends)
        {
            Input(
                cell, port, inner, Has($"{port}REG") ? cell["dsp.input"] : p ? cell["dsp.input"] + cell["dsp.alu"] : null,
                cell["dsp.input"] + cell["dsp.alu"] + cell["dsp.output"]);
        }

        var start = cell["dsp.clockToInner"];
        double? clockToOut = p ? start + cell["dsp.output"]
            : m ? start + behind + cell["dsp.output"]
            : Has("AREG") || Has("BREG") ? start + cell["dsp.preAdd"] + cell["dsp.multiply"] + behind + cell["dsp.output"]
            : null;
        foreach (var port in new[] { "P", "PCOUT" })
        {
            cell.Output(port, clockToOut);
            foreach (var pin in p ? [] : cell.Pins(port))
            {
                cell.Arc(inner, pin, 0);
            }
        }

        foreach (var register in new[] { "A1", "A2", "B1", "B2", "AD", "ALUMODE", "C", "CARRYIN", "CTRL", "D", "INMODE", "M", "P" })
        {
            cell.Input($"CE{register}", cell["dsp.setupControl"]);
        }

        foreach (var register in new[] { "A", "ALLCARRYIN", "ALUMODE", "B", "C", "CTRL", "D", "INMODE", "M", "P" })
        {
            cell.Input($"RST{register}", cell["dsp.setupControl"]);
        }

        var mode = string.Concat(new[] { "A", "B", "M", "P" }.Where(r => Has($"{r}REG")));
        return cell.Done(CellKind.Dsp, 1, mode.Length == 0 ? null : mode);
    }

    private static void Input(ModelBuilder cell, string port, int inner, double? setup, double through)
    {
        cell.Input(port, setup);
        foreach (var pin in setup is null ? cell.Pins(port) : [])
        {
            cell.Arc(pin, inner, through);
        }
    }
}
