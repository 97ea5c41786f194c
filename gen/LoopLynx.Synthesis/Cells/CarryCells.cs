namespace LoopLynx.Synthesis.Cells;

/// <summary>Carry chains. UltraScale+ has CARRY8; Yosys writes CARRY4, two of which in a row are timed as the halves of one.</summary>
internal static class CarryCells
{
    /// <summary>CARRY4 or CARRY8.</summary>
    public static CellModel Carry(ModelBuilder cell, bool upperHalf)
    {
        var whole = cell.Cell.Type == "CARRY8";
        cell.Output("CO");
        cell.Output("O");
        string[] entries = whole ? ["CI", "CI_TOP"] : ["CI", "CYINIT"];
        foreach (var port in (string[])[.. entries, "DI", "S"])
        {
            cell.Input(port);
        }

        var through = whole ? cell["carry.passLow"] + cell["carry.passHigh"] : cell[upperHalf ? "carry.passHigh" : "carry.passLow"];
        foreach (var entry in entries.SelectMany(cell.Pins))
        {
            var initial = cell.Pin(entry).Port == "CYINIT";
            Enter(cell, entry, from: 0, toCarry: initial ? cell["carry.enter"] : through, toSum: initial ? cell["carry.sum"] : cell["carry.leave"]);
        }

        // Within a chain the carry is fast; a tap in the middle takes the slower way out.
        cell.Retime("CI", "CO", last: whole ? 7 : 3, cell["carry.leave"]);

        foreach (var pin in cell.Pins("S"))
        {
            Enter(cell, pin, cell.Pin(pin).Index, cell["carry.enter"], cell["carry.sum"]);
        }

        foreach (var pin in cell.Pins("DI"))
        {
            // A bit's own sum doesn't depend on its DI.
            Enter(cell, pin, cell.Pin(pin).Index, cell["carry.enter"], cell["carry.sum"], ownSum: false);
        }

        return cell.Done(CellKind.Carry, whole ? 8 : 4, upperHalf ? "upper" : whole ? null : "lower");
    }

    private static void Enter(ModelBuilder cell, int pin, int from, double toCarry, double toSum, bool ownSum = true)
    {
        foreach (var carry in cell.Pins("CO").Where(p => cell.Pin(p).Index >= from))
        {
            cell.Arc(pin, carry, toCarry);
        }

        foreach (var sum in cell.Pins("O").Where(p => cell.Pin(p).Index >= from + (ownSum ? 0 : 1)))
        {
            cell.Arc(pin, sum, toSum);
        }
    }
}
