using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Flat;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Absorption;

/// <summary>
/// Moves flip-flops into the registers that DSP48E2, RAMB36E2 and URAM288 have, as Vivado does and Yosys doesn't for this family. A stage moves only where that
/// is legal: one clock, one enable and one synchronous reset for all bits, initial value 0, and no other load on either side.
/// </summary>
public sealed class RegisterAbsorption
{
    private readonly FlatDesign _design;
    private readonly NetUse _use;
    private readonly bool[] _taken;

    private RegisterAbsorption(FlatDesign design)
    {
        _design = design;
        _use = new(design);
        _taken = new bool[design.Cells.Count];
    }

    /// <summary>The design with every register absorbed that can be.</summary>
    /// <param name="design">The design; its cells have their models.</param>
    /// <param name="library">Gives the changed cells their models.</param>
    /// <param name="scope">Which registers.</param>
    public static FlatDesign Apply(FlatDesign design, CellLibrary library, AbsorptionScope scope = AbsorptionScope.All)
    {
        if (scope == AbsorptionScope.None)
        {
            return design;
        }

        var run = new RegisterAbsorption(design);
        var cells = design.Cells.ToArray();
        for (var i = 0; i < cells.Length; i++)
        {
            var edit = new CellEdit(cells[i]);
            switch (cells[i].Model.Kind)
            {
                case CellKind.Dsp:
                    run.Dsp(i, edit, operands: scope == AbsorptionScope.All);
                    break;
                case CellKind.BlockRam:
                    run.BlockRam(edit);
                    break;
                case CellKind.UltraRam:
                    run.UltraRam(edit);
                    break;
                default:
                    continue;
            }

            if (edit.Changed)
            {
                cells[i] = edit.Done();
                cells[i].Model = library.Of(cells[i].Cell);
            }
        }

        return design.With([.. cells.Where((_, i) => !run._taken[i])]);
    }

    private void Dsp(int cell, CellEdit edit, bool operands)
    {
        if (!edit.Registers("PREG") && Behind(edit, "P") is { } product)
        {
            Clock(edit, "CLK", "P", product, "PREG");

            // Two stages: the first is the multiplier's.
            if (!edit.Registers("MREG") && Behind(edit, "P") is { } sum)
            {
                Clock(edit, "CLK", "M", product, "MREG");
                Clock(edit, "CLK", "P", sum, "PREG");
            }
        }

        foreach (var port in operands ? ["A", "B"] : Array.Empty<string>())
        {
            if (!edit.Registers($"{port}REG") && Before(cell, edit, port) is { } operand)
            {
                Clock(edit, "CLK", $"{port}2", operand, $"{port}REG");
                edit.Connect($"RST{port}", operand.Reset);
            }
        }
    }

    private void BlockRam(CellEdit edit)
    {
        // In the widest mode both sides' outputs are one port of side A.
        var wide = edit.Port("DOUTBDOUT").Length > 0 && edit.IsWide;
        string[][] groups = wide ? [["DOUTADOUT", "DOUTPADOUTP", "DOUTBDOUT", "DOUTPBDOUTP"]] : [["DOUTADOUT", "DOUTPADOUTP"], ["DOUTBDOUT", "DOUTPBDOUTP"]];
        for (var side = 0; side < groups.Length; side++)
        {
            var register = $"DO{"AB"[side]}_REG";
            if (!edit.Registers(register) && Behind(edit, groups[side]) is { } stage)
            {
                edit.Set(register, "1");
                if (wide)
                {
                    edit.Set("DOB_REG", "1");
                }

                edit.Connect(side == 0 ? "REGCEAREGCE" : "REGCEB", stage.Enable);
                edit.Connect(side == 0 ? "RSTREGARSTREG" : "RSTREGB", stage.Reset);
            }
        }
    }

    private void UltraRam(CellEdit edit)
    {
        foreach (var side in new[] { "A", "B" })
        {
            // The reset of the port resets its register only together with the memory's latch, so a register with a reset stays outside.
            if (!edit.Registers($"OREG_{side}") && Behind(edit, withReset: false, $"DOUT_{side}") is { } stage)
            {
                edit.Set($"OREG_{side}", "TRUE");
                edit.Connect($"OREG_CE_{side}", stage.Enable);
            }
        }
    }

    private static void Clock(CellEdit edit, string clock, string stage, RegisterControls controls, string parameter)
    {
        edit.Connect(clock, controls.Clock);
        edit.Connect($"CE{stage}", controls.Enable);
        if (stage is "P" or "M")
        {
            edit.Connect($"RST{stage}", controls.Reset);
        }

        edit.Set(parameter, "1");
    }

    private RegisterControls? Behind(CellEdit edit, params string[] ports) => Behind(edit, withReset: true, ports);

    private RegisterControls? Behind(CellEdit edit, bool withReset, params string[] ports)
    {
        RegisterControls? common = null;
        var found = new List<int>();
        foreach (var net in ports.SelectMany(edit.Port).Where(n => !FlatDesign.IsConstant(n)))
        {
            var loads = _use.Loads(net);
            if (loads.Length + _use.Outputs(net) == 0)
            {
                continue;
            }

            if (loads.Length != 1 || _use.Outputs(net) > 0 || !Joins(loads[0], "D", ref common) || (!withReset && common!.Value.Reset != MappedModule.Zero))
            {
                return null;
            }

            found.Add(loads[0].Cell);
        }

        if (common is null || found.Distinct().Count() != found.Count)
        {
            return null;
        }

        var behind = found.ToDictionary(f => NetOf(f, "D"), f => NetOf(f, "Q"));
        foreach (var port in ports)
        {
            // What nothing takes stays unconnected.
            edit.Connect(port, [.. edit.Port(port).Select(n => behind.GetValueOrDefault(n, MappedModule.Any))]);
        }

        found.ForEach(f => _taken[f] = true);
        return common;
    }

    private RegisterControls? Before(int cell, CellEdit edit, string port)
    {
        RegisterControls? common = null;
        var found = new HashSet<int>();
        var nets = edit.Port(port);
        foreach (var net in nets)
        {
            if (FlatDesign.IsConstant(net))
            {
                // A register powers up as 0, so a 1 would arrive a cycle late.
                if (net == MappedModule.One)
                {
                    return null;
                }

                continue;
            }

            var driver = _use.Driver(net);
            if (driver.Cell < 0 || _use.Outputs(net) > 0 || !Joins(driver, "Q", ref common))
            {
                return null;
            }

            foreach (var load in _use.Loads(net))
            {
                if (load.Cell != cell || _design.Cells[cell].Model.Pins[load.Pin].Port != port)
                {
                    return null;
                }
            }

            found.Add(driver.Cell);
        }

        if (common is null)
        {
            return null;
        }

        edit.Connect(port, [.. nets.Select(n => FlatDesign.IsConstant(n) ? n : NetOf(_use.Driver(n).Cell, "D"))]);
        foreach (var register in found)
        {
            _taken[register] = true;
        }

        return common;
    }

    private bool Joins((int Cell, int Pin) end, string port, ref RegisterControls? common)
    {
        var cell = _design.Cells[end.Cell];
        if (_taken[end.Cell] || cell.Model.Kind != CellKind.FlipFlop || cell.Model.Pins[end.Pin].Port != port || RegisterControls.Of(cell) is not { } controls)
        {
            return false;
        }

        common ??= controls;
        return common == controls;
    }

    private int NetOf(int cell, string port)
    {
        var model = _design.Cells[cell].Model;
        for (var pin = 0; pin < model.Pins.Count; pin++)
        {
            if (model.Pins[pin].Port == port)
            {
                return _design.Cells[cell].Nets[pin];
            }
        }

        throw new ArgumentException($"{model.Name} has no port {port}");
    }
}
