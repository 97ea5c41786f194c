using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>Division by the sum and requantisation, against <see cref="IntegerAttention.Normalise"/>.</summary>
public class ContextScalerTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.OneValue))]
    [InProcess(nameof(Small.SplitColumns))]
    public void Equals_the_golden_scaling_of_any_average(EngineKind kind, string name)
    {
        var (c, random) = (Small.Named(name), new Random(1));
        var (sent, expected) = (new List<Beat>(), new List<Beat>());
        for (var i = 0; i < 150; i++)
        {
            // A sum of up to a whole context, and averages up to the ends of int8.
            var sum = random.Pick(65535L, 65536L, 65535L * c.Context, random.NextInt64(65535, 65535L * c.Context));
            var (mantissa, exponent) = Reciprocal.Compute(sum);
            var scale = random.Pick(new Multiplier(0, 0), new Multiplier((1 << 17) - 1, 63), new Multiplier((1 << 17) - 1, 0), new Multiplier(random.Next(1 << 16, 1 << 17), random.Next(20, 34)));
            long[] values = [.. Enumerable.Range(0, c.HeadLanes).Select(_ => random.Pick(127 * sum, -127 * sum, 0L, random.NextInt64(-127 * sum, 127 * sum)))];
            sent.AddRange(values.Chunk(c.PacketLanes).Select(packet => new Beat([Values.Big(packet), [mantissa], [exponent], [scale.Value], [scale.Shift]])));
            expected.AddRange(Values.Packets(values.Select(v => Plans.Clip8(IntegerAttention.Normalise(v, mantissa, exponent, scale))), c.PacketLanes));
        }

        using var engine = Engines.Create(kind, new ContextScaler(c));
        var bench = new Bench(engine);
        bench.Feed("Mixed", sent, stallPercent: 20);
        bench.Collect("Context", expected, stallPercent: 30);
        bench.RunToEnd();
    }
}
