using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Numerics;

/// <summary>1 / sqrt(W), against <see cref="IntegerLayerNorm.Measure"/>; W has more than 64 bits where the vector is long.</summary>
[Collection(typeof(NumericUnits))]
public class ReciprocalSquareRootUnitTests(NumericEngines engines)
{
    private const int Length = 1024;

    [Theory, EveryEngine]
    public void Equals_the_golden_root_for_64_bits(EngineKind kind)
    {
        var random = new Random(3);
        List<ulong> operands = [1, 2, 3, ulong.MaxValue];
        for (var bit = 2; bit < 64; bit++)
        {
            operands.AddRange([(1UL << bit) - 1, 1UL << bit, (1UL << bit) | (ulong)random.NextInt64(1L << Math.Min(bit, 62))]);
        }

        // A vector of zeros: W is epsilon.
        Check(kind, "NarrowRoot", operands.Select(w => ((BigInteger)w, IntegerLayerNorm.Measure([0], w))));
    }

    [Theory, EveryEngine]
    public void Equals_the_golden_root_for_more_than_64_bits(EngineKind kind)
    {
        // Half of the values a, half -a: the sum is 0 and W = (E * a)^2 + epsilon, up to 2^66.
        var random = new Random(4);
        List<(int Size, ulong Epsilon)> operands = [(1 << 23, 1), (1 << 23, ulong.MaxValue), ((1 << 23) - 1, 0), (1 << 22, 0), ((1 << 22) - 1, ulong.MaxValue), (1, 1)];
        operands.AddRange(Enumerable.Range(0, 60).Select(i => (random.Next(1, 1 << 23) >> (i % 20) | 1, (ulong)random.NextInt64() >> random.Next(63))));
        Check(kind, "WideRoot", operands.Select(o =>
            ((BigInteger.Pow((BigInteger)Length * o.Size, 2) + o.Epsilon), IntegerLayerNorm.Measure(Alternating(o.Size), o.Epsilon))));
    }

    private void Check(EngineKind kind, string unit, IEnumerable<(BigInteger Operand, IntegerLayerNorm.Statistics Golden)> cases)
    {
        var all = cases.ToList();
        var bench = engines.Bench(kind);
        bench.Feed($"{unit}In", Beat.Each(all.Select(c => c.Operand)), stallPercent: 20);
        bench.Collect($"{unit}Out", all.Select(c => Beat.Of(c.Golden.InverseRoot, c.Golden.Exponent)), stallPercent: 30);
        bench.RunToEnd();
    }

    private static int[] Alternating(int size) => [.. Enumerable.Range(0, Length).Select(i => i % 2 == 0 ? size : -size)];
}
