using LoopLynx.Accelerator.Tests.Latencies;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Hbm;

/// <summary>The link between two cards: its latency, its rate, and that nothing is lost or turned round.</summary>
public sealed class CardLinkTests
{
    private static readonly NodeConfiguration Ring = Small.Equal with { Nodes = 4, Heads = 4, Embed = 16, FeedForward = 32 };

    [Theory]
    [InlineData("rifl", 300, 43)]
    [InlineData("aurora", 300, 112)]
    [InlineData("rifl", 285, 42)]
    public void NanosecondsBecomeCycles(string name, double mhz, int cycles) => Assert.Equal(cycles, SerialLink.Named(name).Cycles(mhz));

    [Theory]
    [InlineData(2)]
    [InlineData(43)]
    [InlineData(112)]
    public void AFlitTakesTheCyclesOfTheLink(int cycles)
    {
        var c = Ring with { CardLinkCycles = cycles };
        using var beat = new OneBeat(new LinkBoard(c));
        Assert.Equal(cycles, beat.Pulse("To_valid", "From_valid"));
    }

    [Theory]
    [InProcess(43, 0)]
    [InProcess(43, 50)]
    [InProcess(112, 0)]
    [InProcess(112, 90)]
    public void FlitsComeInOrderAtFullRate(EngineKind kind, int cycles, int stallPercent)
    {
        const int Flits = 600;
        using var engine = Engines.Create(kind, new LinkBoard(Ring with { CardLinkCycles = cycles }));
        var bench = new Bench(engine);
        List<Beat> flits = [.. Enumerable.Range(0, Flits).Select(i => Beat.Of(i * 37 % 256))];
        bench.Feed("From", flits, stallPercent);
        bench.Collect("To", flits);
        var taken = bench.RunToEnd(extraCycles: 0);
        Assert.True(stallPercent > 0 || taken <= Flits + cycles + 4, $"{Flits} flits took {taken} cycles");
    }

    [Fact]
    public void EverySecondLinkOfFourNodesLeavesACard()
    {
        var c = CardRing.OnCards(Ring, 112);
        Assert.Equal([false, true, false, true], Enumerable.Range(0, 4).Select(from => CardRing.LeavesCard(c, from)));
        Assert.Equal([false, false], Enumerable.Range(0, 2).Select(from => CardRing.LeavesCard(c with { Nodes = 2 }, from)));
        Assert.Equal(112, CardRing.SlowestLink(c));
    }

    /// <summary>A link on its own.</summary>
    private sealed class LinkBoard(NodeConfiguration configuration) : Module
    {
        public readonly StreamIn<Signal> From = In(UInt(8));
        public readonly StreamOut<Signal> To = Out(UInt(8));

        protected override void Build()
        {
            var (valid, data) = new CardLink(configuration).Carry(From, 1);
            To.Valid.Drive(valid);
            To.Data.Drive(data);
        }
    }
}
