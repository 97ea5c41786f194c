using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Numerics;

/// <summary>1 / sum, against <see cref="Reciprocal"/>.</summary>
[Collection(typeof(NumericUnits))]
public class ReciprocalUnitTests(NumericEngines engines)
{
    [Theory, EveryEngine]
    public void Equals_the_golden_reciprocal_at_every_power_of_two_and_between(EngineKind kind)
    {
        var random = new Random(2);
        List<long> sums = [1, 65535, 65535L * 1024];
        for (var bit = 1; bit < NumericBoard.ReciprocalWidth; bit++)
        {
            sums.AddRange([(1L << bit) - 1, 1L << bit, (1L << bit) + 1, random.NextInt64(1L << bit, 2L << bit), random.NextInt64(1L << bit, 2L << bit)]);
        }

        var bench = engines.Bench(kind);
        bench.Feed("ReciprocalIn", Beat.Each(sums.Select(sum => (BigInteger)sum)), stallPercent: 20);
        bench.Collect("ReciprocalOut", sums.Select(Reciprocal.Compute).Select(r => Beat.Of(r.Mantissa, r.Exponent)), stallPercent: 30);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void Reads_every_entry_of_its_table(EngineKind kind)
    {
        var sums = Enumerable.Range(0, 256).Select(i => 65536L + (256 * i) + (i % 256)).ToList();
        var bench = engines.Bench(kind);
        bench.Feed("ReciprocalIn", Beat.Each(sums.Select(sum => (BigInteger)sum)));
        bench.Collect("ReciprocalOut", sums.Select(Reciprocal.Compute).Select(r => Beat.Of(r.Mantissa, r.Exponent)));
        bench.RunToEnd();
    }
}
