using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Numerics;

/// <summary>2^-x of score distances, against <see cref="PowerOfTwo"/>.</summary>
[Collection(typeof(NumericUnits))]
public class ExponentialUnitTests(NumericEngines engines)
{
    private const int MaxDistance = (1 << NumericBoard.DistanceBits) - 1;

    [Theory, EveryEngine]
    public void Equals_the_golden_exponential_for_every_shift(EngineKind kind)
    {
        var random = new Random(5);
        var cases = new List<Case>();
        for (var shift = 0; shift < 64; shift++)
        {
            var multiplier = new Multiplier(random.Next(1 << 16, 1 << 17), shift);
            cases.AddRange([
                new(0, 1, multiplier, true, true),
                new(MaxDistance, random.Next(MaxDistance), multiplier, true, random.Next(2) == 0),
                new(random.Next(MaxDistance) >> random.Next(NumericBoard.DistanceBits), MaxDistance, multiplier, random.Next(2) == 0, true)]);
        }

        cases.AddRange([new(MaxDistance, 0, new Multiplier(0, 0), true, true), new(MaxDistance, 0, new Multiplier(0, 63), true, true)]);
        Check(kind, cases);
    }

    [Theory, EveryEngine]
    public void Interpolates_every_segment_and_underflows_to_zero(EngineKind kind)
    {
        // M / 2^s = 1: the distance is the exponent itself, in Q10; from 2^0 over every step of the first octave down to the saturated exponent.
        var exponents = Enumerable.Range(0, 1025).Concat([2047, 2048, 16 * 1024, (17 * 1024) - 1, 32766, 32767, 32768, MaxDistance]).ToArray();
        Check(kind, [.. exponents.Select((e, i) => new Case(e, exponents[^(i + 1)], new Multiplier(1 << 16, 16), true, true))]);
        Assert.Equal(0, PowerOfTwo.Compute(PowerOfTwo.Exponent(MaxDistance, new Multiplier(1 << 16, 16))));
    }

    private void Check(EngineKind kind, IReadOnlyList<Case> cases)
    {
        static int Golden(int distance, Multiplier scale, bool counts) => counts ? PowerOfTwo.Compute(PowerOfTwo.Exponent(distance, scale)) : 0;
        var bench = engines.Bench(kind);
        bench.Feed("ExponentialIn", cases.Select(c => new Beat([
            [c.First, c.Second], [c.Scale.Value], [c.Scale.Shift], [c.FirstCounts ? 1 : 0, c.SecondCounts ? 1 : 0]])), stallPercent: 20);
        bench.Collect("ExponentialOut", cases.Select(c => Values.Packet([Golden(c.First, c.Scale, c.FirstCounts), Golden(c.Second, c.Scale, c.SecondCounts)])), stallPercent: 30);
        bench.RunToEnd();
    }

    private readonly record struct Case(int First, int Second, Multiplier Scale, bool FirstCounts, bool SecondCounts);
}
