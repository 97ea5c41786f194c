using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Streams;

/// <summary>No beat is lost, doubled, reordered or changed while it waits, and the promised rate is kept.</summary>
public class StreamTests
{
    private static readonly (int Source, int Sink)[] Stalls = [(0, 0), (50, 0), (0, 50), (30, 30), (85, 10), (10, 85)];

    public static TheoryData<string> Names => [.. StreamCases.All.Select(c => c.Name)];

    public static TheoryData<string> NamesWithRate => [.. StreamCases.All.Where(c => c.Cycles is not null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Moves_every_beat_once_and_in_order_under_random_stalls(string name)
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new StreamCaseModule([StreamCases.Of(name)]));
        foreach (var (source, sink) in Stalls)
        {
            for (var seed = 1; seed <= 3; seed++)
            {
                StreamRun.Run(engine, [StreamCases.Of(name)], 120, source, sink, seed);
            }
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithRate))]
    public void Keeps_the_promised_latency_and_rate(string name)
    {
        var c = StreamCases.Of(name);
        using var engine = TestEngines.Create(EngineKind.Interpreted, new StreamCaseModule([c]));
        foreach (var beats in new[] { 6, 60 })
        {
            Assert.Equal(c.Cycles!(beats), StreamRun.Run(engine, [c], beats, 0, 0, 1));
        }
    }

    [Theory, EveryEngine]
    public void All_together_on_every_engine(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new StreamCaseModule(StreamCases.All));
        foreach (var (source, sink) in Stalls)
        {
            StreamRun.Run(engine, StreamCases.All, 120, source, sink, seed: source + sink);
        }
    }
}
