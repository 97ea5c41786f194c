namespace LoopLynx.Synthesis.Cells;

/// <summary>Block and ultra RAM, with and without the registers at their outputs.</summary>
internal static class RamCells
{
    private static readonly string[] Unconnectable =
    [
        "CASDIMUXA", "CASDIMUXB", "CASDINA", "CASDINB", "CASDINPA", "CASDINPB", "CASDOMUXA", "CASDOMUXB", "CASDOMUXEN_A", "CASDOMUXEN_B", "CASINDBITERR",
        "CASINSBITERR",
        "CASOREGIMUXA", "CASOREGIMUXB", "CASOREGIMUXEN_A", "CASOREGIMUXEN_B", "ECCPIPECE", "INJECTDBITERR", "INJECTSBITERR", "SLEEP",
        "INJECT_DBITERR_A", "INJECT_DBITERR_B", "INJECT_SBITERR_A", "INJECT_SBITERR_B",
    ];

    /// <summary>RAMB36E2 and RAMB18E2.</summary>
    public static CellModel Block(ModelBuilder cell)
    {
        cell.Clock("CLKARDCLK");
        cell.Clock("CLKBWRCLK");
        var modes = new List<string>();
        foreach (var (side, data, parity) in new[] { ("A", "DOUTADOUT", "DOUTPADOUTP"), ("B", "DOUTBDOUT", "DOUTPBDOUTP") })
        {
            var registered = cell.Cell.Registers($"DO{side}_REG");
            modes.AddRange(registered ? [$"{side}REG"] : []);
            cell.Output(data, cell[registered ? "bram.clockToOutRegistered" : "bram.clockToOut"]);
            cell.Output(parity, cell[registered ? "bram.clockToOutRegistered" : "bram.clockToOut"]);
            foreach (var port in new[] { side == "A" ? "REGCEAREGCE" : "REGCEB", side == "A" ? "RSTREGARSTREG" : "RSTREGB" })
            {
                cell.Input(port, registered ? cell["bram.setupRegister"] : null);
            }
        }

        Inputs(cell, "bram.setupAddress", "ADDRARDADDR", "ADDRBWRADDR", "ADDRENA", "ADDRENB");
        Inputs(cell, "bram.setupData", "DINADIN", "DINBDIN", "DINPADINP", "DINPBDINP");
        Inputs(cell, "bram.setupWrite", "WEA", "WEBWE");
        Inputs(cell, "bram.setupEnable", "ENARDEN", "ENBWREN", "RSTRAMARSTRAM", "RSTRAMB");
        foreach (var port in Unconnectable)
        {
            cell.Input(port);
        }

        return cell.Done(CellKind.BlockRam, cell.Cell.Type == "RAMB36E2" ? 2 : 1, Mode(modes));
    }

    /// <summary>URAM288.</summary>
    public static CellModel Ultra(ModelBuilder cell)
    {
        cell.Clock("CLK");
        var modes = new List<string>();
        foreach (var side in new[] { "A", "B" })
        {
            var registered = cell.Cell.Registers($"OREG_{side}");
            modes.AddRange(registered ? [$"{side}REG"] : []);
            cell.Output($"DOUT_{side}", cell[registered ? "uram.clockToOutRegistered" : "uram.clockToOut"]);
            cell.Input($"OREG_CE_{side}", registered ? cell["uram.setupControl"] : null);
            Inputs(cell, "uram.setupAddress", $"ADDR_{side}");
            Inputs(cell, "uram.setupData", $"DIN_{side}");
            Inputs(cell, "uram.setupControl", $"EN_{side}", $"RDB_WR_{side}", $"BWE_{side}", $"RST_{side}");
        }

        foreach (var port in Unconnectable)
        {
            cell.Input(port);
        }

        return cell.Done(CellKind.UltraRam, 1, Mode(modes));
    }

    private static string? Mode(List<string> modes) => modes.Count == 0 ? null : string.Join('_', modes);

    private static void Inputs(ModelBuilder cell, string figure, params IEnumerable<string> ports)
    {
        foreach (var port in ports)
        {
            cell.Input(port, cell[figure]);
        }
    }
}
