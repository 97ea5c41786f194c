using System.Numerics;
using LoopLynx.Examples.Fir;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests;

/// <summary>The FIR example against plain convolution, with stalls at both ends, on every engine.</summary>
public class FirFilterTests
{
    private static readonly int[] Coefficients = [-128, 127, 3, -1, 0, 64, -64, 5];

    [Theory, EveryEngine]
    public void It_convolves(EngineKind kind)
    {
        var random = new Random(1);
        int[] samples = [.. Enumerable.Range(0, 200).Select(i => i < 16 ? (i % 2 == 0 ? -128 : 127) : random.Next(-128, 128))];
        var expected = samples.Select((_, n) => new BigInteger(Coefficients.Select((c, k) => n >= k ? c * samples[n - k] : 0).Sum()));
        using var engine = TestEngines.Create(kind, new FirFilter(Coefficients));
        var bench = new Bench(engine);
        bench.Feed("Samples", Beat.Each(samples.Select(s => new BigInteger(s))), stallPercent: 30);
        bench.Collect("Filtered", Beat.Each(expected), stallPercent: 30);
        bench.RunToEnd();
    }
}
