using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public class LaneExampleTests
{
    [Theory, EveryEngine]
    public void The_layer_computes_two_neurons(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Layer());
        var bench = new Bench(engine);
        var random = new Random(1);
        for (var row = 0; row < 100; row++)
        {
            var inputs = Values(random, 4, -128, 128);
            var weights = Values(random, 8, -128, 128);
            engine.PokeLanes("Inputs", inputs);
            engine.PokeLanes("Weights", weights);
            var sums = weights.Chunk(4).Select(neuron => neuron.Zip(inputs, BigInteger.Multiply).Aggregate(BigInteger.Add));
            bench.ExpectLanes("Outputs", [.. sums.Select(sum => BigInteger.Min(127, (BigInteger.Max(0, sum) + 64) / 128))]);
        }
    }

    [Theory, EveryEngine]
    public void Rows_become_columns(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Transpose());
        engine.PokeLanes("Rows", [.. Enumerable.Range(0, 16).Select(i => new BigInteger(i))]);
        new Bench(engine).ExpectLanes("Columns", 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    }

    [Theory, EveryEngine]
    public void Pixels_lose_what_they_have_in_common(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Pixels());
        var bench = new Bench(engine);
        var random = new Random(2);
        for (var i = 0; i < 100; i++)
        {
            var (line, select) = (Values(random, 8, 100, 110), random.Next(8));
            engine.PokeLanes("Line", line);
            engine.Poke("Select", select);
            bench.Expect("Chosen", line[select] - line.Min());
            bench.Expect("Darkest", Enumerable.Range(0, 8).Where(lane => line[lane] == line.Min()).Sum(lane => 1 << lane));
        }
    }

    private static BigInteger[] Values(Random random, int count, int low, int high) =>
        [.. Enumerable.Range(0, count).Select(_ => new BigInteger(random.Next(low, high)))];
}
