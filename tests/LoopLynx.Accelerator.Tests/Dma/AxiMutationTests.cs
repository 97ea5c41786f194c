using LoopLynx.Accelerator.Tests.Node;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Interpreted;
using NetNode = LoopLynx.Hdl.Netlist.Node;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>Mistakes of the DMA engines on the bus are seen: by the protocol checkers where they break AXI4, by the golden model where they don't.</summary>
public class AxiMutationTests
{
    private const int Tokens = 3;
    private const string GoldenDifference = "the hidden state differs from the golden model";
    private static readonly NodeConfiguration Machine = Small.OneLayer.Validated();

    private static readonly Dictionary<string, (Mutation Mutation, string Seen)> Mutants = new()
    {
        ["WLAST is dropped"] = (
            new("WriteEngine", "m_axi_wlast", (arena, _, _) => arena.Const(Bit, 0)),
            "WLAST is 1 on the last beat of a burst and only there"),
        ["AWLEN says one beat more"] = (
            new("WriteEngine", "m_axi_awlen", (arena, _, right) => arena.Const(right.Type, 1)),
            "WLAST is 1 on the last beat of a burst and only there"),
        ["W comes before its AW"] = (
            new("WriteEngine", "m_axi_awvalid", (arena, net, right) => arena.Binary(Bit, BinaryOp.Less, net("writing"), right)),
            "no data is offered before its address (AddressesFirst)"),
        ["a write's address is a beat off"] = (new("WriteEngine", "m_axi_awaddr", BeatOff), GoldenDifference),
        ["a read's address is a beat off"] = (new("ReadEngine", "m_axi_araddr", BeatOff), GoldenDifference),
        ["a burst has a beat too few"] = (
            new("ReadEngine", "m_axi_arlen", (arena, _, right) => arena.Binary(right.Type, BinaryOp.And, right, arena.Const(right.Type, 0xfe))),
            "nothing has moved"),
    };

    public static TheoryData<string> Names => [.. Mutants.Keys];

    [Fact]
    public void The_right_engines_are_silent() => Assert.Null(Wrong(mutation: null));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_seen(string name) => Assert.Contains(Mutants[name].Seen, Wrong(Mutants[name].Mutation) ?? "nothing was noticed");

    [Fact]
    public void A_burst_across_4_KiB_is_seen()
    {
        // What is left of the run, or 16: the page doesn't count.
        var mutation = new Mutation("ReadEngine", "piece", (arena, net, right) =>
        {
            var remaining = net("remaining");
            var most = arena.Const(remaining.Type, MemorySizes.MaxBurstBeats);
            return arena.Resize(right.Type, arena.Mux(remaining.Type, arena.Binary(Bit, BinaryOp.Less, remaining, most), remaining, most));
        });
        Assert.Null(Record.Exception(() => ReadAcrossPages(d => d)));
        var failure = Record.Exception(() => ReadAcrossPages(mutation.In));
        Assert.Contains("an incrementing burst of AR stays in its 4 KiB", Assert.IsType<AssertionFailedException>(failure).Message);
    }

    private static NetNode BeatOff(NodeArena arena, Func<string, NetNode> net, NetNode right) =>
        arena.Binary(right.Type, BinaryOp.Xor, right, arena.Const(right.Type, Machine.Lanes));

    /// <summary>What is noticed in some tokens on a machine with a mistake; null: nothing.</summary>
    private static string? Wrong(Mutation? mutation)
    {
        var design = Runtime.Machine.ElaborateChecked(Machine);
        using var engine = new InterpretedEngine(mutation?.In(design) ?? design);
        var run = new NodeRun(engine, Machine, new ChannelTiming("stalling", 5) { StallProbability = 0.3 });
        try
        {
            for (var token = 0; token < Tokens; token++)
            {
                var (hidden, expected) = run.Run(token);
                if (!hidden.SequenceEqual(expected))
                {
                    return GoldenDifference;
                }
            }
        }
        catch (Exception e) when (e is SimulationException or AssertionFailedException)
        {
            return e.Message;
        }

        return null;
    }

    private static void ReadAcrossPages(Func<Design, Design> change)
    {
        using var engine = new InterpretedEngine(change(Elaborator.Elaborate(Engines.Checked(new ReadBoard(Machine)))));
        var bench = new Bench(engine);
        bench.Feed("Runs", [Beat.Of(MemorySizes.PageBytes - Machine.Lanes, 2, (int)RunTarget.All)]);
        bench.Collect("m_axi_ar", count: 2);
        bench.RunToEnd();
    }
}
