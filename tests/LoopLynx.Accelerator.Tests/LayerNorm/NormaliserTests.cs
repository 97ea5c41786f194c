using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>Centring, scaling, gain and offset of every element, against <see cref="IntegerLayerNorm"/>; gamma and beta come from the unit that keeps them.</summary>
public class NormaliserTests
{
    // From the statistics to the first row it is longer: each lane has registers of what it is shifted by.
    private const int Settling = 3;

    [Theory]
    [InProcess(0)]
    [InProcess(1)]
    [InProcess(9)]
    [InProcess(15)]
    public void Equals_the_golden_norm_for_each_fraction_of_gamma(EngineKind kind, int gammaBits)
    {
        var c = Small.Equal;
        var random = new Random(gammaBits);
        using var engine = Engines.Create(kind, new NormaliserBoard(c));
        foreach (var (_, make) in NormVectors.All)
        {
            var (x, norm) = (make(c.Embed), Draw(random, c.Embed, gammaBits));
            var statistics = IntegerLayerNorm.Measure(x, norm.Epsilon);
            var expected = new int[c.Embed];
            IntegerLayerNorm.Apply(x, norm, expected, Plans.Int8.Activation);

            var bench = new Bench(engine);
            bench.Pulse("Restart");
            bench.Feed("Norm", Values.Packets(norm.Gamma.Zip(norm.Beta).SelectMany(e => Values.Bytes(e.First).Concat(Values.Bytes(e.Second))), c.SuperBytes));
            bench.RunToEnd();
            engine.Poke("Total", statistics.Sum);
            engine.Poke("Mantissa", statistics.InverseRoot);
            engine.Poke("Exponent", statistics.Exponent);
            engine.Poke("Fraction", gammaBits);
            for (var cycle = 0; cycle < Settling; cycle++)
            {
                bench.Step();
            }

            bench.Feed("Rows", Values.Numbered(x, c.PacketLanes), stallPercent: 30);
            bench.Collect("Output", Values.Numbered(expected, c.PacketLanes), stallPercent: 40);
            bench.RunToEnd();
        }
    }

    private static QuantizedNorm Draw(Random random, int length, int gammaBits)
    {
        short[] Any() => [.. Enumerable.Range(0, length).Select(_ => random.Next(4) == 0 ? random.Pick(short.MinValue, short.MaxValue) : (short)random.Next(short.MinValue, short.MaxValue + 1))];
        return new(Any(), Any(), gammaBits, Epsilon: 1);
    }
}
