using System.Numerics;
using LoopLynx.Examples.Primer;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The GCD against the one of the class library.</summary>
public class GcdTests
{
    [Theory, EveryEngine]
    public void It_agrees_with_the_class_library(EngineKind kind)
    {
        var random = new Random(5);
        (BigInteger A, BigInteger B)[] pairs =
        [
            (0, 0), (0, 7), (7, 0), (1, 255), (255, 255),
            .. Enumerable.Range(0, 60).Select(_ => (new BigInteger(random.Next(256)), new BigInteger(random.Next(256)))),
        ];
        using var engine = TestEngines.Create(kind, new Gcd(width: 8));
        var bench = new Bench(engine);
        bench.Feed("Pairs", pairs.Select(p => Beat.Of(p.A, p.B)), stallPercent: 30);
        bench.Collect("Divisors", Beat.Each(pairs.Select(p => BigInteger.GreatestCommonDivisor(p.A, p.B))), stallPercent: 50);
        bench.RunToEnd();
    }
}
