using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Numerics;

/// <summary>Bias, multiplier, rounding shift and clip, against <see cref="Requantise"/>.</summary>
[Collection(typeof(NumericUnits))]
public class RequantiseUnitTests(NumericEngines engines)
{
    private static readonly (int Low, int High)[] Ranges = [(-127, 127), (short.MinValue, short.MaxValue), (Plans.Min24, Plans.Max24)];
    private static readonly int[] Accumulators = [int.MinValue, -(127 * 127 * 4096), -1, 0, 1, 127 * 127 * 4096, int.MaxValue];
    private static readonly int[] Biases = [-(1 << 30), -1, 0, 1, 1 << 30];
    private static readonly int[] Multipliers = [0, 1, 1 << 16, (1 << 17) - 1];

    [Theory, EveryEngine]
    public void Equals_the_golden_requantisation_for_every_shift_and_range(EngineKind kind)
    {
        var random = new Random(1);
        var (sent, expected) = (new List<Beat>(), new List<Beat>());
        foreach (var (low, high) in Ranges)
        {
            for (var shift = 0; shift < 64; shift++)
            {
                for (var i = 0; i < 4; i++)
                {
                    Row[] rows = [.. Enumerable.Range(0, NumericBoard.Lanes).Select(_ => Draw(random, shift))];
                    sent.Add(new([
                        Values.Big(rows.Select(r => r.Accumulator)), Values.Big(rows.Select(r => r.Bias)), Values.Big(rows.Select(r => r.Multiplier.Value)), Values.Big(rows.Select(r => r.Multiplier.Shift)),
                        [low], [high]]));
                    expected.Add(Values.Packet(rows.Select(r => Math.Clamp(Requantise.Scale(r.Accumulator, r.Bias, r.Multiplier), low, high))));
                }
            }
        }

        var bench = engines.Bench(kind);
        bench.Feed("RequantiseIn", sent, stallPercent: 20);
        bench.Collect("RequantiseOut", expected, stallPercent: 30);
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void Rounds_ties_towards_plus_infinity(EngineKind kind)
    {
        // (acc + 0) * 2^16 / 2^17 is half of acc.
        (int Accumulator, int Result)[] halves = [(-5, -2), (-3, -1), (-1, 0), (1, 1), (3, 2), (5, 3)];
        var bench = engines.Bench(kind);
        bench.Feed("RequantiseIn", halves.Select(h => new Beat([Twice(h.Accumulator), Twice(0), Twice(1 << 16), Twice(17), [-127], [127]])));
        bench.Collect("RequantiseOut", halves.Select(h => new Beat([Twice(h.Result)])));
        bench.RunToEnd();
    }

    [Theory, EveryEngine]
    public void Takes_and_gives_a_packet_a_cycle(EngineKind kind)
    {
        const int Packets = 50;
        var bench = engines.Bench(kind);
        bench.Feed("RequantiseIn", Enumerable.Repeat(new Beat([Twice(9), Twice(1), Twice(1 << 16), Twice(16), [-127], [127]]), Packets));
        bench.Collect("RequantiseOut", Enumerable.Repeat(new Beat([Twice(10)]), Packets));
        Assert.Equal(RequantiseUnit.Latency(NumericPlan.Int8, accumulatorBits: 32) + Packets, bench.RunToEnd());
    }

    private static Row Draw(Random random, int shift)
    {
        var accumulator = random.Next(3) == 0 ? random.Pick(Accumulators) : random.Next(int.MinValue, int.MaxValue) >> random.Next(31);
        var multiplier = random.Next(3) == 0 ? random.Pick(Multipliers) : random.Next(1 << 16, 1 << 17);
        return new(accumulator, random.Pick(Biases), new Multiplier(multiplier, shift));
    }

    private static BigInteger[] Twice(int value) => [value, value];

    private readonly record struct Row(int Accumulator, int Bias, Multiplier Multiplier);
}
