using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>A pipelined sum is exact, takes log2(group) cycles, and starts another sum every cycle.</summary>
public class SumPipelinedTests
{
    [Theory, EveryEngine]
    public void Adds_groups_of_lanes(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Sums());
        var bench = new Bench(engine);
        var random = new Random(11);
        var history = new List<BigInteger[]>();
        for (var cycle = 0; cycle < 60; cycle++)
        {
            history.Add([.. Enumerable.Range(0, 8).Select(_ => RandomValue.Of(SInt(6), random))]);
            engine.PokeLanes("A", history[^1]);
            for (var levels = 0; levels <= 3 && levels <= cycle; levels++)
            {
                bench.ExpectLanes($"sum{levels}", [.. history[^(levels + 1)].Chunk(1 << levels).Select(group => group.Aggregate(BigInteger.Add))]);
            }

            bench.Step();
        }
    }

    private sealed class Sums : Module
    {
        public readonly Signal A = Input(SInt(6) * 8);
        public readonly Signal[] Results = [.. Enumerable.Range(0, 4).Select(levels => Output(SInt(6 + levels) * (8 >> levels), $"sum{levels}"))];

        protected override void Build()
        {
            for (var levels = 0; levels < Results.Length; levels++)
            {
                Results[levels].Drive(A.SumPipelined(1 << levels));
            }
        }
    }
}
