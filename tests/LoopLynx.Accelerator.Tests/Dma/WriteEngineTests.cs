using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>Writes without a strobe are skipped, the others pass in order, and the unit is idle only when every one has been answered.</summary>
public class WriteEngineTests
{
    private const int MostUnderWay = 255;
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
        var writes = bench.Collect("Writes", requests.SelectMany(row => Beats(row, c.Lanes)).Where(IsStrobed), stall);
        var answers = bench.Feed("Responses", [], answerStall);
        var answered = 0;
        bench.Run(10_000, () =>
        {
            Assert.True(writes.Count == answers.Count || engine.Peek("Idle") == 0, "idle while an answer is missing");
            for (; answered < writes.Count; answered++)
            {
                answers.Add(Beat.Of(0));
            }

            return writes.IsDone && answers.IsDone;
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
        var writes = bench.Collect("Writes", requests);
        var answers = bench.Feed("Responses", []);
        for (var cycle = 0; cycle < 2 * MostUnderWay; cycle++)
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
        bench.Collect("Writes", count: 3);
        bench.RunToEnd();
        bench.Feed("Responses", [Beat.Of(0), Beat.Of(1), Beat.Of(0)]);
        bench.RunToEnd();
        bench.Expect("Failed", 1);
        bench.Expect("Idle", 1);
    }

    // The memory beats of a row.
    private static IEnumerable<Beat> Beats(Beat row, int lanes) =>
        row[1].Chunk(lanes).Zip(row[2].Chunk(lanes)).Select((part, i) => new Beat([[row.Value + (i * lanes)], part.First, part.Second]));

    private static List<Beat> Requests(int count, int lanes)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i => new Beat([[i * lanes], Values.Big(random.Int8(lanes)),
            random.Next(3) == 0 ? Values.Big(new int[lanes]) : Values.Big(Enumerable.Range(0, lanes).Select(_ => random.Next(2)))]))];
    }

    private static bool IsStrobed(Beat request) => request[2].Any(strobe => strobe == 1);
}
