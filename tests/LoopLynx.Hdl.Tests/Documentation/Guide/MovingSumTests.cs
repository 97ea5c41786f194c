using System.Numerics;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public class MovingSumTests
{
    [Theory, EveryEngine]
    public void Adds_the_last_four_samples(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new MovingSum(window: 4));
        var bench = new Bench(engine);
        BigInteger[] samples = [1, 2, 3, 4, -128, -128, -128, -128, 127];
        var sums = samples.Select((_, i) => samples[Math.Max(0, i - 3)..(i + 1)].Aggregate(BigInteger.Add));

        bench.Feed("Samples", Beat.Each(samples), stallPercent: 30);
        bench.Collect("Sums", Beat.Each(sums), stallPercent: 50);
        bench.RunToEnd();
    }
}
