using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public class StreamExampleTests
{
    [Theory, EveryEngine]
    public void Distances_of_the_points_on_the_right(EngineKind kind)
    {
        var random = new Random(1);
        (BigInteger X, BigInteger Y)[] points = [.. Enumerable.Range(0, 200).Select(_ => (new BigInteger(random.Next(-128, 128)), new BigInteger(random.Next(-128, 128))))];
        using var engine = TestEngines.Create(kind, new Distances());
        var bench = new Bench(engine);
        bench.Feed("Points", points.Select(p => Beat.Of(p.X, p.Y)), stallPercent: 30);
        bench.Collect("Squares", Beat.Each(points.Where(p => p.X >= 0).Select(p => (p.X * p.X) + (p.Y * p.Y))), stallPercent: 50);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void Weighted_sums(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Weigher());
        engine.Poke("Weight", -7);
        var bench = new Bench(engine);
        bench.Feed("Points", Enumerable.Range(-50, 100).Select(x => Beat.Of(x, -x / 2)), stallPercent: 30);
        bench.Collect("Sums", Beat.Each(Enumerable.Range(-50, 100).Select(x => (BigInteger)((x * -7) + (-x / 2)))), stallPercent: 50);
        bench.RunToEnd();
        Assert.Contains("Points_Y_d1", Elaborator.Elaborate(new Weigher()).Top.Registers.Select(r => r.Name));
    }

    [Theory, EveryEngine]
    public void Two_ways_stay_together(EngineKind kind)
    {
        BigInteger[] words = [.. Enumerable.Range(0, 256).Select(i => new BigInteger(i))];
        using var engine = TestEngines.Create(kind, new TwoWays());
        var bench = new Bench(engine);
        bench.Feed("Words", Beat.Each(words), stallPercent: 20);
        bench.Collect("Both", words.Select(w => Beat.Of(w, 255 - w)), stallPercent: 20);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void It_counts_down(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Countdown());
        var bench = new Bench(engine);
        bench.Feed("Starts", Beat.Each([3, 0, 2]), stallPercent: 30);
        bench.Collect("Numbers", Beat.Each([3, 2, 1, 2, 1]), stallPercent: 50);
        bench.RunToEnd();
    }
}
