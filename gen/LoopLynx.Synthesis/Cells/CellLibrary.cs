using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Cells;

/// <summary>
/// The cells that Yosys maps to for UltraScale+, with the delays of a data file. A cell, port or mode that it doesn't know is an error, never a guess.
/// </summary>
/// <param name="data">The delays.</param>
public sealed class CellLibrary(TimingData data)
{
    private readonly Dictionary<string, CellModel> _models = [];

    /// <summary>The model of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="upperHalf">Of half a carry chain, whether it is the upper half of its site.</param>
    /// <exception cref="SynthesisException">The cell, a port of it or its mode is unknown.</exception>
    public CellModel Of(MappedCell cell, bool upperHalf = false)
    {
        var key = $"{cell.Type} {upperHalf} {string.Join(' ', cell.Connections.Select(c => $"{c.Port}{c.Bits.Length}"))} {string.Join(' ', Modes(cell))}";
        if (!_models.TryGetValue(key, out var model))
        {
            _models[key] = model = Build(cell, upperHalf);
        }

        return model;
    }

    private static IEnumerable<string> Modes(MappedCell cell) =>
        cell.Parameters.Where(p => !p.Key.StartsWith("INIT", StringComparison.Ordinal) && !p.Key.StartsWith("SRVAL", StringComparison.Ordinal))
            .Select(p => $"{p.Key}={p.Value}");

    private CellModel Build(MappedCell cell, bool upperHalf)
    {
        var builder = new ModelBuilder(cell, data);
        return cell.Type switch
        {
            "LUT1" or "LUT2" or "LUT3" or "LUT4" or "LUT5" or "LUT6" => LogicCells.Lut(builder),
            "INV" => LogicCells.Inverter(builder),
            "MUXF7" or "MUXF8" or "MUXF9" => LogicCells.Mux(builder),
            "CARRY4" or "CARRY8" => CarryCells.Carry(builder, upperHalf),
            "FDRE" or "FDSE" or "FDCE" or "FDPE" => LogicCells.FlipFlop(builder),
            "BUFG" => LogicCells.ClockBuffer(builder),
            _ when LutRamCells.Size(cell.Type) is { } size => LutRamCells.Ram(builder, size),
            "RAMB36E2" or "RAMB18E2" => RamCells.Block(builder),
            "URAM288" => RamCells.Ultra(builder),
            "DSP48E2" => DspCells.Slice(builder),
            _ => throw new SynthesisException($"cell {cell.Name} is a {cell.Type}, which the timing library doesn't know; add it to LoopLynx.Synthesis.Cells"),
        };
    }
}
