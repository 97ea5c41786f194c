namespace LoopLynx.Host.Tests;

/// <summary>Blocks that no shipped family has, from float32 weights: calibrated, quantised, and close to the float reference.</summary>
public class BlockQuantiserTests
{
    private static readonly ModelDescription Tiny = new(2, 2, 16, 12, 20, 32);

    [Fact]
    public void A_parallel_block() => Check(new ParallelFamily());

    [Fact]
    public void The_feed_forward_half_twice() => Check(new TwiceFamily());

    [Fact]
    public void A_third_norm() => Check(new ThirdNormFamily());

    [Fact]
    public void Every_product_that_reads_a_norm_takes_its_factors()
    {
        // Both readers of the parallel block's norm count: a loud column of either makes the channel quieter.
        var checkpoint = Random(Tiny with { Family = new ParallelFamily() });
        var before = Quantise(checkpoint).Layers[0];
        var up = checkpoint.Layers[0].Matrix("FC1").Weight;
        for (var r = 0; r < up.Rows; r++)
        {
            up.Data[(r * up.Columns) + 3] *= 16;
        }

        var after = Quantise(checkpoint).Layers[0];
        double Share(QuantizedLayer layer) => layer.Norm("Norm1").Gamma[3] / (double)layer.Norm("Norm1").Gamma.Max();
        double QkvShare(QuantizedLayer layer) => Enumerable.Range(0, 48).Average(r => Math.Abs((double)layer.Matrix("QKV").Row(r)[3]));
        Assert.True(Share(after) > 2 * Share(before) || Share(after) == 1, "the norm's channel is divided by a smaller factor");
        Assert.True(QkvShare(after) < QkvShare(before), "the other matrix takes the smaller factor too");
    }

    [Fact]
    public void Activations_keys_and_values_of_6_bits_cost_accuracy_and_nothing_else()
    {
        var checkpoint = Random(Tiny);
        var six = NumericPlan.Int8 with
        {
            Activation = NumericPlan.Int8.Activation with { Bits = 6 },
            Key = NumericPlan.Int8.Key with { Bits = 6 },
            Value = NumericPlan.Int8.Value with { Bits = 6 },
        };
        var (eight, narrow) = (Deviation(checkpoint, NumericPlan.Int8), Deviation(checkpoint, six));
        Assert.InRange(narrow, eight, 0.2);
    }

    private static void Check(Family family) => Assert.InRange(Deviation(Random(Tiny with { Family = family }), NumericPlan.Int8), 0, 0.05);

    private static QuantizedModel Quantise(Checkpoint checkpoint) => Quantiser.Quantise(checkpoint, Calibration.FromModel(checkpoint));

    private static int[] Text => [.. Enumerable.Range(0, 12).Select(i => i * 7 % 20)];

    /// <summary>Root mean square of the difference between the logits of both models, in units of the float logits' own.</summary>
    private static double Deviation(Checkpoint checkpoint, NumericPlan plan)
    {
        var golden = new GoldenModel(Quantiser.Quantise(checkpoint, Calibration.FromModel(checkpoint), plan));
        var exact = new Float32Model(checkpoint).ForwardAll(Text);
        var logits = Text.SelectMany(id => golden.Logits(golden.Step(id))).Select(v => v / 65536.0).ToArray();
        return Math.Sqrt(logits.Zip(exact, (a, b) => Math.Pow(a - b, 2)).Sum() / exact.Sum(v => v * v));
    }

    private static Checkpoint Random(ModelDescription model)
    {
        var random = new Random(11);
        float[] Values(int count, float scale, float mean = 0) => [.. Enumerable.Range(0, count).Select(_ => mean + (scale * ((2 * random.NextSingle()) - 1)))];
        FloatMatrix Matrix(int rows, int columns, float scale) => new(rows, columns, Values(rows * columns, scale));
        NormWeights Norm() => new(Values(model.Embed, 0.3f, mean: 1), Values(model.Embed, 0.2f));
        BlockWeights Block() => new(
            model.Block.Where(s => s.Operation is Normalise).ToDictionary(s => s.Name, _ => Norm()),
            model.Block.Select(s => s.Operation).OfType<Product>().ToDictionary(p => p.Matrix, p => new LinearWeights(Matrix(p.Rows, p.Columns, 0.4f), Values(p.Rows, 0.1f))));
        return new Checkpoint
        {
            Config = new CheckpointConfig { Description = model },
            TokenEmbedding = Matrix(model.Vocabulary.Padded, model.Embed, 1),
            PositionEmbedding = Matrix(model.Context, model.Embed, 0.5f),
            Layers = [.. Enumerable.Range(0, model.Layers).Select(_ => Block())],
            FinalNorm = Norm(),
            LmHead = Matrix(model.Vocabulary.Padded, model.Embed, 0.5f),
        };
    }
}
