using System.Numerics;
using LoopLynx.Hdl.Tests.Expressions;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Arithmetic;

/// <summary>Dot products of several shapes against big integers, with gaps between the vectors.</summary>
public class DotProductTests
{
    public static TheoryData<int, int, bool, int, bool, EngineKind> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, bool, int, bool, EngineKind>();
            foreach (var kind in new[] { EngineKind.Interpreted, EngineKind.Compiled })
            {
                shapes.Add(64, 8, true, 8, true, kind);
                shapes.Add(8, 8, true, 17, true, kind);
                shapes.Add(16, 27, true, 18, true, kind);
                shapes.Add(2, 5, false, 3, false, kind);
                shapes.Add(1, 8, true, 17, true, kind);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Sums_are_exact_and_come_after_the_latency(int lanes, int aWidth, bool aSigned, int bWidth, bool bSigned, EngineKind kind)
    {
        HdlType a = new(aWidth, aSigned), b = new(bWidth, bSigned);
        using var engine = TestEngines.Create(kind, new DotProduct(lanes, a, b));
        var (bench, random) = (new Bench(engine), new Random(lanes));
        var latency = DotProduct.Latency(lanes);
        var expected = new Queue<BigInteger?>(Enumerable.Repeat<BigInteger?>(null, latency));
        for (var cycle = 0; cycle < 200; cycle++)
        {
            // The lowest values give the largest products.
            var valid = cycle % 7 == 3 ? 0 : cycle > 100 ? 1 : random.Next(2);
            var (x, y) = (Vector(a, lanes, random, lowest: cycle == 1), Vector(b, lanes, random, lowest: cycle == 1));
            engine.PokeLanes("A", x);
            engine.PokeLanes("B", y);
            engine.Poke("Valid", valid);
            expected.Enqueue(valid == 1 ? x.Zip(y, BigInteger.Multiply).Aggregate(BigInteger.Add) : null);
            var sum = expected.Dequeue();
            bench.Expect("Done", sum is null ? 0 : 1);
            if (sum is { } value)
            {
                bench.Expect("Sum", value);
            }

            bench.Step();
        }
    }

    private static BigInteger[] Vector(HdlType type, int lanes, Random random, bool lowest) =>
        [.. Enumerable.Range(0, lanes).Select(_ => lowest ? type.Min : RandomValue.Of(type, random))];
}
