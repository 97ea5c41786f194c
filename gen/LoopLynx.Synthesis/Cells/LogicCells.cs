namespace LoopLynx.Synthesis.Cells;

/// <summary>Look-up tables, their multiplexers, flip-flops and clock buffers.</summary>
internal static class LogicCells
{
    /// <summary>LUT1 to LUT6: the delay is that of the input, as the netlist numbers them.</summary>
    public static CellModel Lut(ModelBuilder cell)
    {
        cell.Output("O");
        foreach (var port in cell.Ports.Where(p => p.Length == 2 && p[0] == 'I'))
        {
            cell.Input(port);
            cell.Arcs(port, "O", cell[$"lut.i{port[1]}"]);
        }

        return cell.Done(CellKind.Lut, 1);
    }

    /// <summary>An inverter is a LUT of one input.</summary>
    public static CellModel Inverter(ModelBuilder cell)
    {
        cell.Output("O");
        cell.Input("I");
        cell.Arcs("I", "O", cell["lut.i0"]);
        return cell.Done(CellKind.Lut, 1);
    }

    /// <summary>MUXF7 to MUXF9.</summary>
    public static CellModel Mux(ModelBuilder cell)
    {
        cell.Output("O");
        foreach (var (port, figure) in new[] { ("I0", "mux.data"), ("I1", "mux.data"), ("S", "mux.select") })
        {
            cell.Input(port);
            cell.Arcs(port, "O", cell[figure]);
        }

        return cell.Done(CellKind.Mux, 1);
    }

    /// <summary>Flip-flops on the rising edge.</summary>
    public static CellModel FlipFlop(ModelBuilder cell)
    {
        if (cell.Cell.Registers("IS_C_INVERTED"))
        {
            throw new SynthesisException($"flip-flop {cell.Cell.Name} takes the falling edge, which the timing library doesn't know; use the rising one");
        }

        cell.Clock("C");
        cell.Output("Q", cell["ff.clockToQ"]);
        cell.Input("D", cell["ff.setupD"]);
        foreach (var port in new[] { "CE", "R", "S", "CLR", "PRE" })
        {
            cell.Input(port, cell["ff.setupControl"]);
        }

        return cell.Done(CellKind.FlipFlop, 1);
    }

    /// <summary>A global buffer: the clock's delay is the same everywhere and isn't counted.</summary>
    public static CellModel ClockBuffer(ModelBuilder cell)
    {
        cell.Output("O");
        cell.Input("I");
        cell.Arcs("I", "O", 0);
        return cell.Done(CellKind.Buffer, 0);
    }
}
