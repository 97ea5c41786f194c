namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>What happens on a bus, cycle by cycle after reset (cycles apart by '/', signals that aren't named are 0), and the rule that the last cycle breaks.</summary>
internal sealed record RuleScript(string Cycles, string Rule);

/// <summary>For every rule a run that breaks it and no other.</summary>
internal static class RuleScripts
{
    private const string Aw = "awvalid awready";
    private const string W = "wvalid wready wlast";
    private const string Offered = "awvalid awsize=1 awburst=1";
    private const string Full = $"{Offered} awready";
    private const string Ar = "arvalid arready";

    public static IReadOnlyList<RuleScript> Stream { get; } =
    [
        new("tvalid", "TVALID is 0 in the first cycle after reset"),
        new("/ tvalid / ", "TVALID stays until TREADY"),
        new("/ tvalid tdata=5 / tvalid tdata=6", "the Data of T doesn't change until TREADY"),
        new("/ tvalid tlast / tvalid", "the Last of T doesn't change until TREADY"),
        new("/ tvalid tkeep=1 / tvalid tkeep=2", "the Keep of T doesn't change until TREADY"),
        new("/ tvalid tkeep=3 tstrb=1 / tvalid tkeep=3 tstrb=2", "the Strobe of T doesn't change until TREADY"),
        new("/ tvalid tid=1 / tvalid tid=2", "the Id of T doesn't change until TREADY"),
        new("/ tvalid tdest=1 / tvalid", "the Destination of T doesn't change until TREADY"),
        new("/ tvalid tuser / tvalid", "the User of T doesn't change until TREADY"),
        new("/ tvalid tkeep=1 tstrb=3", "TSTRB is 0 where TKEEP is 0"),
        new("/ tvalid tready / tvalid tready / tvalid tready", "a packet has at most 3 beats"),
    ];

    public static IReadOnlyList<RuleScript> Lite { get; } =
    [
        .. Patience("aw", "AW", ("addr", "Address"), ("prot", "Protection")), .. Patience("w", "W", ("data", "Data"), ("strb", "Strobe")),
        .. Patience("ar", "AR", ("addr", "Address"), ("prot", "Protection")),
        new("bvalid", "BVALID is 0 in the first cycle after reset"),
        new($"/ {Aw} wvalid wready / bvalid /", "BVALID stays until BREADY"),
        new($"/ {Aw} wvalid wready / bvalid / bvalid bresp=2", "the Response of B doesn't change until BREADY"),
        new("rvalid", "RVALID is 0 in the first cycle after reset"),
        new($"/ {Ar} / rvalid /", "RVALID stays until RREADY"),
        new($"/ {Ar} / rvalid rdata=7 / rvalid", "the Data of R doesn't change until RREADY"),
        new($"/ {Ar} / rvalid rresp=2 / rvalid rresp=3", "the Response of R doesn't change until RREADY"),
        new($"/ {Aw} wvalid wready / bvalid bresp=1", "BRESP isn't EXOKAY"),
        new($"/ {Ar} / rvalid rresp=1", "RRESP isn't EXOKAY"),
        new("/ wvalid wready / bvalid", "BVALID answers a write whose address was taken before"),
        new($"/ {Aw} / bvalid", "BVALID answers a write whose data was taken before"),
        new($"/ {Aw} wvalid wready / bvalid bready / bvalid", "BVALID answers a write whose address was taken before"),
        new($"/ {Ar} rvalid", "RVALID answers a read that was taken before"),
        new($"/ {Ar} / rvalid rready / rvalid", "RVALID answers a read that was taken before"),
        new($"/ {Aw} / {Aw} / {Aw}", "at most 2 requests wait for B (outstanding)"),
        new($"/ {Ar} / {Ar} / {Ar}", "at most 2 requests wait for R (outstanding)"),
        new($"/ {Aw} wvalid wready / / / / / ", "BVALID comes within 4 cycles (answerWithin)"),
        new($"/ {Ar} / / / / / ", "RVALID comes within 4 cycles (answerWithin)"),
    ];

    public static IReadOnlyList<RuleScript> Burst { get; } =
    [
        .. Patience("aw", "AW", Address), .. Patience("w", "W", ("data", "Data"), ("strb", "Strobe"), ("last", "Last")), .. Patience("ar", "AR", Address),
        new("bvalid", "BVALID is 0 in the first cycle after reset"),
        new($"/ {Aw} {W} / bvalid /", "BVALID stays until BREADY"),
        new($"/ {Aw} {W} / bvalid / bvalid bresp=2", "the Response of B doesn't change until BREADY"),
        new($"/ {Aw} {W} / {Aw} awid=1 {W} / bvalid / bvalid bid=1", "the Id of B doesn't change until BREADY"),
        new("rvalid", "RVALID is 0 in the first cycle after reset"),
        new($"/ {Ar} / rvalid rlast /", "RVALID stays until RREADY"),
        new($"/ {Ar} / rvalid rlast rdata=7 / rvalid rlast", "the Data of R doesn't change until RREADY"),
        new($"/ {Ar} / rvalid rlast rresp=2 / rvalid rlast", "the Response of R doesn't change until RREADY"),
        new($"/ {Ar} / {Ar} arid=3 / rvalid rlast / rvalid rlast rid=3", "the Id of R doesn't change until RREADY"),
        new($"/ {Ar} / rvalid rlast / rvalid", "the Last of R doesn't change until RREADY"),
        .. new[] { "aw", "ar" }.SelectMany(Form),
        new($"/ {Aw} {W} / bvalid bresp=1", "BRESP isn't EXOKAY without AWLOCK"),
        new($"/ {Ar} / rvalid rlast rresp=1", "RRESP isn't EXOKAY without ARLOCK"),
        new($"/ {Aw} awlen=1 / wvalid wready / wvalid wready", "WLAST is 1 on the last beat of a burst and only there"),
        new($"/ {Aw} awlen=1 / {W}", "WLAST is 1 on the last beat of a burst and only there"),
        new($"/ {Aw} awlen=1 {W}", "WLAST is 1 on the last beat of a burst and only there"),
        new($"/ wvalid wready / wvalid wready / {Aw}", "WLAST is 1 on the last beat of a burst and only there (address after data)"),
        new($"/ wvalid wready / {W} / {Aw} awlen=2", "AWLEN is that of the data that came before its address"),
        new($"/ {Aw} / {Aw} / {Aw}", "at most 2 write addresses wait for their data (outstanding)"),
        new($"/ {W} / {W} / {W}", "at most 2 write bursts wait for their addresses (outstanding)"),
        new($"/ {Aw} {W} / {Aw} {W} / bvalid {Aw} {W}", "at most 2 writes wait for B (outstanding)"),
        new($"/ {Aw} {W} bvalid", "BVALID answers a write whose address and data were taken before, with its number"),
        new($"/ {Aw} awlen=1 / wvalid wready / bvalid", "BVALID answers a write whose address and data were taken before, with its number"),
        new($"/ {W} / bvalid", "BVALID answers a write whose address and data were taken before, with its number"),
        new($"/ {Aw} awid=2 {W} / bvalid bid=1", "BVALID answers a write whose address and data were taken before, with its number"),
        new($"/ {Aw} {W} / bvalid bready / bvalid", "BVALID answers a write whose address and data were taken before, with its number"),
        new($"/ {Ar} rvalid rlast", "RVALID answers a read that was taken before, with its number"),
        new($"/ {Ar} arid=1 / rvalid rlast rid=2", "RVALID answers a read that was taken before, with its number"),
        new($"/ {Ar} / rvalid rready rlast / rvalid rlast", "RVALID answers a read that was taken before, with its number"),
        new($"/ {Ar} / rvalid", "RLAST is 1 on beat ARLEN + 1 of a read and only there"),
        new($"/ {Ar} arlen=2 / rvalid rready / rvalid rlast", "RLAST is 1 on beat ARLEN + 1 of a read and only there"),
        new($"/ {Ar} / {Ar} / {Ar}", "at most 2 reads wait for R (outstanding)"),
        new($"/ {Aw} {W} / / / / / ", "BVALID comes within 4 cycles (answerWithin)"),
        new($"/ {Ar} / / / / / ", "RVALID comes within 4 cycles (answerWithin)"),
    ];

    public static IReadOnlyList<RuleScript> AddressFirst { get; } =
    [
        new("awvalid awsize=1 awburst=1", "AWVALID is 0 in the first cycle after reset"),
        new($"/ {Offered} / ", "AWVALID stays until AWREADY"),
        new($"/ {Offered} / {Offered} awaddr=2", "the Address of AW doesn't change until AWREADY"),
        new($"/ {Offered} / {Offered} awlen=1", "the Length of AW doesn't change until AWREADY"),
        new($"/ {Offered} / awvalid awburst=1", "the Size of AW doesn't change until AWREADY"),
        new($"/ {Offered} / awvalid awsize=1", "the Burst of AW doesn't change until AWREADY"),
        new("/ awvalid awburst=1", "AWSIZE is the width of the bus (FullBursts)"),
        new("/ awvalid awsize=1", "AWBURST is increment (FullBursts)"),
        new($"/ {Offered} awaddr=4094 awlen=1", "an incrementing burst of AW stays in its 4 KiB"),
        new($"/ {Offered} awaddr=4095 awlen=1", "an incrementing burst of AW stays in its 4 KiB"),
        new("wvalid", "WVALID is 0 in the first cycle after reset"),
        new($"/ {Offered} wvalid / {Offered}", "WVALID stays until WREADY"),
        .. new[] { ("data", "Data"), ("strb", "Strobe"), ("last", "Last") }.Select(f => new RuleScript($"/ {Offered} wvalid / {Offered} wvalid w{f.Item1}=1", $"the {f.Item2} of W doesn't change until WREADY")),
        new("bvalid", "BVALID is 0 in the first cycle after reset"),
        new($"/ {Full} {W} / bvalid /", "BVALID stays until BREADY"),
        new($"/ {Full} {W} / bvalid / bvalid bresp=2", "the Response of B doesn't change until BREADY"),
        new($"/ {Full} {W} / bvalid bresp=1", "BRESP isn't EXOKAY without AWLOCK"),
        new("/ wvalid", "no data is offered before its address (AddressesFirst)"),
        new($"/ {Full} {W} / wvalid", "no data is offered before its address (AddressesFirst)"),
        new($"/ {Offered} {W} / {Offered} wvalid", "no data is offered before its address (AddressesFirst)"),
        new($"/ {Full} awlen=1 / {W}", "WLAST is 1 on the last beat of a burst and only there"),
        new($"/ {Full} wvalid wready", "WLAST is 1 on the last beat of a burst and only there"),
        new($"/ {Offered} wvalid wready / {Full}", "WLAST is 1 on the last beat of a burst and only there (address after data)"),
        new($"/ {Offered} awlen=1 {W} / {Full} awlen=1", "AWLEN is that of the data that came before its address"),
        new($"/ {Full} / {Full} / {Full}", "at most 2 write addresses wait for their data (outstanding)"),
        new($"/ {Full} {W} / {Full} {W} / bvalid {Full} {W}", "at most 2 writes wait for B (outstanding)"),
        new($"/ {Full} {W} bvalid", "BVALID answers a write whose address and data were taken before, with its number"),
        new($"/ {Offered} {W} / {Offered} bvalid", "BVALID answers a write whose address and data were taken before, with its number"),
    ];

    /// <summary>Runs that break nothing.</summary>
    public static IReadOnlyList<string> LegalAddressFirst { get; } =
    [
        // The address is taken before, with and after the data that is offered beside it; the next one's follows.
        $"/ {Full} wvalid wlast / {Full} {W} / {W} / bvalid bready / {Offered} {W} / {Full} bvalid bready / {Full} {W} bvalid bready / bvalid bready bresp=2 /",
        $"/ {Offered} awlen=1 wvalid wready / {Offered} awlen=1 {W} / {Full} awlen=1 / {Full} awlen=1 wvalid wready / {W} bvalid bready / bvalid bready /",
    ];

    /// <summary>Runs that break nothing.</summary>
    public static IReadOnlyList<string> LegalLite { get; } =
    [
        $"/ awvalid / awvalid wvalid / {Aw} wvalid / wvalid wready / bvalid bresp=2 / bvalid bready bresp=2 /",
        $"/ wvalid wready / {Aw} / bvalid bready / {Ar} / {Ar} rvalid rready / rvalid rready rresp=3 /",
        $"/ {Aw} wvalid wready / {Aw} wvalid wready bvalid bready / bvalid bready / / / / / / /",
    ];

    /// <summary>Runs that break nothing.</summary>
    public static IReadOnlyList<string> LegalBurst { get; } =
    [
        // Data before, with and after its address; answers of other numbers first.
        $"/ {W} / wvalid wready / {Aw} awid=1 / wvalid wready {Aw} awlen=2 awid=2 / {W} / bvalid bready bid=2 / bvalid bready bid=1 / {Aw} awlen=1 / wvalid wready / {W} / bvalid bready /",
        $"/ wvalid wready / {W} / {W} / {Aw} awlen=1 / {Aw} / bvalid bready / bvalid bready / {Aw} awlen=1 wvalid wready / {W} {Aw} / {W} bvalid bready / bvalid bready /",
        // Reads of two numbers, interleaved.
        $"/ {Ar} arlen=1 / {Ar} arlen=1 arid=1 rvalid rready / rvalid rready rid=1 / rvalid rready rlast / rvalid rlast rid=1 / rvalid rready rlast rid=1 /",
        // Bursts that end with their page; a wrapping one from its last beat on.
        $"/ {Ar} araddr=4092 arlen=1 arsize=1 arburst=1 / rvalid rready / rvalid rready rlast / {Ar} araddr=62 arlen=15 arsize=1 arburst=2 / {string.Concat(Enumerable.Repeat("rvalid rready / ", 15))} rvalid rready rlast /",
        $"/ {Ar} araddr=4095 arlen=1 arburst=0 / rvalid rready / rvalid rready rlast / {Ar} araddr=4095 arsize=1 arburst=1 / rvalid rready rlast",
    ];

    private static (string Port, string Field)[] Address => [("id", "Id"), ("addr", "Address"), ("len", "Length"), ("size", "Size"), ("burst", "Burst")];

    private static IEnumerable<RuleScript> Patience(string port, string name, params (string Port, string Field)[] fields) =>
    [
        new($"{port}valid", $"{name}VALID is 0 in the first cycle after reset"),
        new($"/ {port}valid / ", $"{name}VALID stays until {name}READY"),
        .. fields.Select(f => new RuleScript($"/ {port}valid / {port}valid {port}{f.Port}=1", $"the {f.Field} of {name} doesn't change until {name}READY")),
    ];

    private static IEnumerable<RuleScript> Form(string port)
    {
        var name = port.ToUpperInvariant();
        return
        [
            new($"/ {port}valid {port}size=2", $"{name}SIZE is at most the width of the bus"),
            new($"/ {port}valid {port}burst=3", $"{name}BURST isn't the reserved 3"),
            new($"/ {port}valid {port}addr=4092 {port}len=2 {port}size=1 {port}burst=1", $"an incrementing burst of {name} stays in its 4 KiB"),
            new($"/ {port}valid {port}addr=4095 {port}len=1 {port}burst=1", $"an incrementing burst of {name} stays in its 4 KiB"),
            new($"/ {port}valid {port}len=4 {port}burst=2", $"a wrapping burst of {name} has 2, 4, 8 or 16 beats"),
            new($"/ {port}valid {port}len=0 {port}burst=2", $"a wrapping burst of {name} has 2, 4, 8 or 16 beats"),
            new($"/ {port}valid {port}addr=3 {port}len=3 {port}size=1 {port}burst=2", $"the address of a wrapping burst of {name} is a multiple of its beats' size"),
            new($"/ {port}valid {port}len=16", $"a fixed burst of {name} has at most 16 beats"),
        ];
    }
}
