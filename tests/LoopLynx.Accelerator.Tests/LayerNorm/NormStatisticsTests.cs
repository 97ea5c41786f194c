using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>Mean and reciprocal deviation from the sums, against <see cref="IntegerLayerNorm.Measure"/>.</summary>
public class NormStatisticsTests
{
    [Theory]
    [InProcess(16, 0)]
    [InProcess(16, 1)]
    [InProcess(1024, 0)]
    public void Equal_the_golden_statistics(EngineKind kind, int embed, int writeBackLanes)
    {
        var c = (Small.Equal with { Embed = embed, WriteBackLanes = writeBackLanes }).Validated();
        using var engine = Engines.Create(kind, new NormStatistics(c));
        var bench = new Bench(engine);
        foreach (var (_, make) in NormVectors.All)
        {
            foreach (var epsilon in new ulong[] { 1, IntegerLayerNorm.Epsilon(1e-5, 10, embed), ulong.MaxValue })
            {
                var x = make(embed);
                BigInteger[] Lanes(Func<BigInteger, BigInteger> of) => [.. Enumerable.Range(0, c.PacketLanes)
                    .Select(lane => x.Where((_, i) => i % c.PacketLanes == lane).Aggregate(BigInteger.Zero, (sum, value) => sum + of(value)))];
                engine.PokeLanes("Totals", Lanes(value => value));
                engine.PokeLanes("Squares", Lanes(value => value * value));
                engine.Poke("Epsilon", epsilon);
                bench.Pulse("Start");
                Assert.Equal(NormStatistics.Latency(c) - 1, bench.RunUntil("Done"));

                var golden = IntegerLayerNorm.Measure(x, epsilon);
                bench.Expect("Total", golden.Sum);
                bench.Expect("Exponent", golden.Exponent);
                bench.Expect("Mantissa", golden.InverseRoot);
            }
        }
    }
}
