using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>Writes without a strobe are skipped, the others pass in order, and the unit is idle only when every one has been answered.</summary>
public class WriteEngineTests
{
    private const int MostUnderWay = MemoryPort.MostOutstanding;
    private static readonly NodeConfiguration Configuration = Small.Equal;

    [Theory]
    [InProcess(1, 0, 0)]
    [InProcess(1, 50, 70)]
    [InProcess(2, 0, 0)]
    [InProcess(2, 50, 70)]
    public void Passes_strobed_writes_and_counts_the_answers(EngineKind kind, int columns, int stall, int answerStall)
    {
        var c = (Configuration with { Columns = columns }).Validated();
        using var engine = Engines.Create(kind, new WriteEngine(c));
        var bench = new Bench(engine);
        var requests = Requests(200, c.SliceLanes);
        bench.Feed("Requests", requests, stall);
        Beat[] strobed = [.. requests.SelectMany(row => Beats(row, c.Lanes)).Where(IsStrobed)];
        var addresses = bench.Collect("m_axi_aw", strobed.Select(w => Address(w, c.Lanes)), stall);
        var writes = bench.Collect("m_axi_w", strobed.Select(Data), stall);
        var answers = bench.Feed("m_axi_b", [], answerStall);
        var answered = 0;
        bench.Run(10_000, () =>
        {
            var whole = Math.Min(addresses.Count, writes.Count);
            Assert.True(Math.Max(addresses.Count, writes.Count) == answers.Count || engine.Peek("Idle") == 0, "idle while an answer is missing");
            for (; answered < whole; answered++)
            {
                answers.Add(Beat.Of(0));
            }

            return addresses.IsDone && writes.IsDone && answers.IsDone;
        });
        bench.RunToEnd();
        bench.Expect("Idle", 1);
        bench.Expect("Failed", 0);
    }

    [Theory, InProcess]
    public void Stops_when_no_more_answers_can_be_counted(EngineKind kind)
    {
        using var engine = Engines.Create(kind, new WriteEngine(Configuration));
        var bench = new Bench(engine);
        var requests = Requests(600, Configuration.Lanes).Where(IsStrobed).ToArray();
        bench.Feed("Requests", requests);
        bench.Collect("m_axi_aw", requests.Select(w => Address(w, Configuration.Lanes)));
        var writes = bench.Collect("m_axi_w", requests.Select(Data));
        var answers = bench.Feed("m_axi_b", []);
        for (var cycle = 0; cycle < 8 * MostUnderWay; cycle++)
        {
            bench.Step();
        }

        Assert.Equal(MostUnderWay, writes.Count);
        answers.Add(Enumerable.Repeat(Beat.Of(0), MostUnderWay));
        var answered = MostUnderWay;
        bench.Run(10_000, () =>
        {
            for (; answered < writes.Count; answered++)
            {
                answers.Add(Beat.Of(0));
            }

            return writes.IsDone && answers.IsDone;
        });
        bench.RunToEnd();
        bench.Expect("Idle", 1);
    }

    [Theory, InProcess]
    public void Remembers_an_answer_with_an_error(EngineKind kind)
    {
        using var engine = Engines.Create(kind, new WriteEngine(Configuration));
        var bench = new Bench(engine);
        bench.Feed("Requests", Requests(20, Configuration.Lanes).Where(IsStrobed).Take(3));
        bench.Collect("m_axi_aw", count: 3);
        bench.Collect("m_axi_w", count: 3);
        bench.RunToEnd();
        bench.Feed("m_axi_b", [Beat.Of(0), Beat.Of((int)AxiResponse.SubordinateError), Beat.Of(0)]);
        bench.RunToEnd();
        bench.Expect("Failed", 1);
        bench.Expect("Idle", 1);
    }

    // The memory beats of a row.
    private static IEnumerable<Beat> Beats(Beat row, int lanes) =>
        row[1].Chunk(lanes).Zip(row[2].Chunk(lanes)).Select((part, i) => new Beat([[row.Value + (i * lanes)], part.First, part.Second]));

    // What goes out of a beat: its address with the form of the burst, and its data, which is the burst's last.
    private static Beat Address(Beat beat, int lanes) => Beat.Of(beat.Value, 0, Sizes.CeilLog2(lanes), (int)AxiBurst.Increment);

    private static Beat Data(Beat beat) => new([beat[1], beat[2], [1]]);

    private static List<Beat> Requests(int count, int lanes)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i => new Beat([[i * lanes], Values.Big(random.Int8(lanes)),
            random.Next(3) == 0 ? Values.Big(new int[lanes]) : Values.Big(Enumerable.Range(0, lanes).Select(_ => random.Next(2)))]))];
    }

    private static bool IsStrobed(Beat request) => request[2].Any(strobe => strobe == 1);
}
