using System.Numerics;
using LoopLynx.Hdl.Tests.Expressions;
using LoopLynx.Sim;
using LoopLynx.Testing;
using static LoopLynx.Hdl.Hardware;

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

    public static TheoryData<int, int, int, EngineKind> Pairs =>
    [
        .. from kind in new[] { EngineKind.Interpreted, EngineKind.Compiled }
           from shape in new[] { (64, 8, 8), (32, 8, 8), (4, 8, 10), (2, 8, 8), (1, 8, 8), (16, 4, 18), (8, 2, 3) }
           select (shape.Item1, shape.Item2, shape.Item3, kind),
    ];

    /// <summary>With the lowest values in every mixture of signs, where the fields of the long operand borrow from each other.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Sums_of_a_pair_are_exact_and_come_after_the_latency(int lanes, int aWidth, int bWidth, EngineKind kind)
    {
        HdlType a = SInt(aWidth), b = SInt(bWidth);
        using var engine = TestEngines.Create(kind, new DotProductPair(lanes, a, b));
        var (bench, random) = (new Bench(engine), new Random(lanes));
        var expected = new Queue<BigInteger[]?>(Enumerable.Repeat<BigInteger[]?>(null, DotProductPair.Latency(lanes)));
        for (var cycle = 0; cycle < 200; cycle++)
        {
            var valid = cycle % 7 == 3 ? 0 : cycle > 100 ? 1 : random.Next(2);
            var vectors = new[] { a, a, b }.Select((type, i) => Extreme(type, lanes, random, cycle < 27 ? cycle / (int)Math.Pow(3, i) % 3 : 3)).ToArray();
            engine.PokeLanes("A0", vectors[0]);
            engine.PokeLanes("A1", vectors[1]);
            engine.PokeLanes("B", vectors[2]);
            engine.Poke("Valid", valid);
            BigInteger Sum(int i) => vectors[i].Zip(vectors[2], BigInteger.Multiply).Aggregate(BigInteger.Add);
            expected.Enqueue(valid == 1 ? [Sum(0), Sum(1)] : null);
            var sums = expected.Dequeue();
            bench.Expect("Done", sums is null ? 0 : 1);
            if (sums is not null)
            {
                bench.Expect("Sum0", sums[0]);
                bench.Expect("Sum1", sums[1]);
            }

            bench.Step();
        }
    }

    [Theory]
    [InlineData(8, true, 8, true, true)]
    [InlineData(8, true, 10, true, true)]
    [InlineData(8, true, 11, true, false)]
    [InlineData(4, true, 18, true, true)]
    [InlineData(3, true, 19, true, false)]
    [InlineData(8, false, 8, true, false)]
    [InlineData(8, true, 8, false, false)]
    public void Two_products_fit_where_the_field_holds_one(int aWidth, bool aSigned, int bWidth, bool bSigned, bool fits) =>
        Assert.Equal(fits, DotProductPair.Fits(new HdlType(aWidth, aSigned), new HdlType(bWidth, bSigned)));

    private static BigInteger[] Extreme(HdlType type, int lanes, Random random, int choice) => choice switch
    {
        0 => [.. Enumerable.Repeat(type.Min, lanes)],
        1 => [.. Enumerable.Repeat(type.Max, lanes)],
        2 => [.. Enumerable.Repeat(BigInteger.Zero, lanes)],
        _ => Vector(type, lanes, random, lowest: false),
    };

    private static BigInteger[] Vector(HdlType type, int lanes, Random random, bool lowest) =>
        [.. Enumerable.Range(0, lanes).Select(_ => lowest ? type.Min : RandomValue.Of(type, random))];
}
