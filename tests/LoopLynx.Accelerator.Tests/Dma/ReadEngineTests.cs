using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>Runs become legal bursts, never more than the prefetch FIFO can take, and the data comes back in order.</summary>
public class ReadEngineTests
{
    private const int Page = 4096;
    private const int MaxBurst = 16;

    [Theory]
    [InProcess(4, 1, 32, 0)]
    [InProcess(4, 1, 64, 60)]
    [InProcess(32, 1, 32, 30)]
    [InProcess(32, 1, 33, 80)]
    [InProcess(4, 2, 32, 0)]
    [InProcess(8, 2, 33, 70)]
    [InProcess(4, 8, 32, 30)]
    public void Keeps_the_rules_of_the_bus(EngineKind kind, int lanes, int columns, int prefetch, int stall)
    {
        var c = (Small.Groups with { Lanes = lanes, Columns = columns, Heads = 8, PrefetchBeats = prefetch }).Validated();
        var random = new Random(prefetch);
        (long Address, int Beats)[] runs =
        [
            (0, 1), (lanes, 200), (Page - lanes, 2), (Page - (15 * lanes), 16), ((16 * Page) - (3 * lanes), 3),
            .. Enumerable.Range(0, 20).Select(_ => (random.Next(1 << 20) / lanes * (long)lanes, random.Next(1, 80))),
        ];

        // A row is one beat a column, so runs are whole rows.
        runs = [.. runs.Select(r => (r.Address, r.Beats * columns))];
        using var engine = Engines.Create(kind, new ReadBoard(c));
        var bench = new Bench(engine);
        bench.Feed("Runs", runs.Select(r => Beat.Of(r.Address, r.Beats, (int)RunTarget.All)), stallPercent: 20);
        var bursts = bench.Collect("m_axi_ar", stallPercent: stall);
        var data = bench.Feed("m_axi_r", [], stall);
        var beats = bench.Collect("Beats", runs.SelectMany(r => Enumerable.Range(0, r.Beats / columns).Select(i => Content(r.Address + (i * c.SliceLanes), c.SliceLanes))), stall);
        var (answered, ordered) = (0, 0);
        bench.Run(100_000, () =>
        {
            Assert.True(engine.Peek("m_axi_rvalid") == 0 || engine.Peek("m_axi_rready") == 1, "R is always ready");
            for (; answered < bursts.Count; answered++)
            {
                var (address, length) = ((long)bursts.Beats[answered].Value, (int)bursts.Beats[answered][1][0] + 1);
                Assert.InRange(length, 1, MaxBurst);
                Assert.Equal(address / Page, (address + (length * lanes) - 1) / Page);
                data.Add(Enumerable.Range(0, length).Select(i => Answer(Content(address + (i * lanes), lanes), isLast: i == length - 1)));
                ordered += length;
            }

            Assert.InRange(ordered - (beats.Count * columns), 0, prefetch);
            return beats.IsDone;
        });
        bench.RunToEnd();
        Assert.Equal(runs.Sum(r => r.Beats), ordered);
        bench.Expect("Failed", 0);
    }

    [Theory]
    [InProcess(AxiResponse.SubordinateError)]
    [InProcess(AxiResponse.DecodeError)]
    public void Remembers_an_answer_with_an_error(EngineKind kind, AxiResponse error)
    {
        var c = Small.Equal.Validated();
        using var engine = Engines.Create(kind, new ReadBoard(c));
        var bench = new Bench(engine);
        bench.Feed("Runs", [Beat.Of(0, 3, (int)RunTarget.All)]);
        bench.Collect("m_axi_ar", count: 1);
        bench.RunToEnd();
        bench.Collect("Beats", count: 3);
        var data = Content(0, c.Lanes);
        bench.Feed("m_axi_r", [Answer(data, isLast: false), Answer(data, isLast: false, error), Answer(data, isLast: true)]);
        bench.RunToEnd();
        bench.Expect("Failed", 1);
    }

    private static Beat Answer(Beat data, bool isLast, AxiResponse response = AxiResponse.Okay) => new([data[0], [(int)response], [isLast ? 1 : 0]]);

    // What memory holds at an address: different for neighbours.
    private static Beat Content(long address, int lanes) => Values.Packet(Enumerable.Range(0, lanes).Select(i => (int)(((address + i) * 37) % 251) - 125));
}
