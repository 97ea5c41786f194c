namespace LoopLynx.Host.Tests;

/// <summary>The golden model refuses what its arithmetic can't hold, and is exact in all that it accepts.</summary>
public class GoldenRulesTests
{
    private static readonly ModelDescription Tiny = new(1, 2, 32, 8, 40, 64);

    [Fact]
    public void A_bias_that_does_not_fit_the_accumulator()
    {
        var model = SyntheticModel.Create(Tiny);
        model.Layers[0].Matrix("FC1").Bias[3] = int.MinValue;
        Expect.Error("the bias -2147483648 of row 3 of matrix FC1 of layer 0 doesn't fit the 32-bit accumulator with its products; quantise the model again", () => new GoldenModel(model));

        // The largest that fits: 2^31 - 1 less 32 products of 127 x 127.
        model.Layers[0].Matrix("FC1").Bias[3] = int.MaxValue - (32 * 127 * 127);
        Assert.NotNull(new GoldenModel(model));
        model.Layers[0].Matrix("FC1").Bias[3]++;
        Assert.Throws<HostException>(() => new GoldenModel(model));
    }

    [Fact]
    public void A_bias_of_the_head_that_does_not_fit()
    {
        var model = SyntheticModel.Create(Tiny);
        model.LmHead.Bias[0] = int.MaxValue;
        Expect.Error("the bias 2147483647 of row 0 of the LM head doesn't fit the 32-bit accumulator with its products; quantise the model again", () => new GoldenModel(model));
    }

    [Fact]
    public void Formats_that_cannot_be_computed()
    {
        var probabilities = NumericPlan.Int8 with { Probability = new NumericFormat(12, Signed: false) };
        Expect.Error("probabilities of the format u12 can't be computed; use u16", () => new GoldenModel(SyntheticModel.Create(Tiny, probabilities, 1)));
        var wide = NumericPlan.Int8 with { Query = new NumericFormat(16, Symmetric: true), Key = new NumericFormat(16, Symmetric: true) };
        Expect.Error("scores of 36 bits don't fit 32; use narrower queries and keys, or a narrower head", () => new GoldenModel(SyntheticModel.Create(Tiny, wide, 1)));
    }

    [Fact]
    public void Wide_activations_are_multiplied_exactly()
    {
        // 16 bits whose sum of products needs more than 32, and more than 16 bits.
        foreach (var largest in new[] { 127, 32767, 1_000_000 })
        {
            var random = new Random(largest);
            sbyte[] weights = [.. Enumerable.Range(0, 4 * 1024).Select(_ => (sbyte)(random.Next(2) == 0 ? -127 : 127))];
            int[] x = [.. Enumerable.Range(0, 1024).Select(i => weights[i] < 0 ? -largest : largest)];
            var matrix = new QuantizedMatrix(4, 1024, weights, [0, 5, 0, 0], [.. Enumerable.Repeat(new Multiplier(1 << 16, 16), 4)]);
            var expected = Enumerable.Range(0, 4).Select(r => Enumerable.Range(0, 1024).Sum(c => (long)weights[(r * 1024) + c] * x[c]) + matrix.Bias[r]);
            Assert.Equal(expected, IntegerLinear.Apply(matrix, x));
            Assert.Equal(1024L * 127 * largest, IntegerLinear.Apply(matrix, x)[0]);
        }
    }

    [Fact]
    public void Every_form_of_the_16_bit_inner_product_is_exact()
    {
        var random = new Random(6);
        foreach (var length in (int[])[0, 1, 7, 8, 15, 16, 17, 64, 100, 128])
        {
            short[] a = [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-2047, 2048))], b = [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-2047, 2048))];
            var expected = a.Zip(b, (x, y) => x * y).Sum();
            Assert.Equal((expected, expected, expected), (Int16Dot.Dot(a, b), Int16Dot.DotPortable(a, b), Int16Dot.DotScalar(a, b)));
        }
    }
}
