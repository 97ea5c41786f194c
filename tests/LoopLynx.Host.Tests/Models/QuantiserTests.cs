namespace LoopLynx.Host.Tests;

public class QuantiserTests(ShakespeareFixture fixture)
{
    [Fact]
    public void WeightsAreInRangeAndConstantsNormalised()
    {
        QuantizedModel model = fixture.Model.Quantized;
        Assert.Equal(10, model.FractionBits);
        Assert.Equal(0, model.SaturatedConstants);
        foreach (QuantizedMatrix matrix in model.Layers.SelectMany(l => new[] { l.Matrix("QKV"), l.Matrix("O"), l.Matrix("FC1"), l.Matrix("FC2") }).Append(model.LmHead))
        {
            Assert.DoesNotContain(sbyte.MinValue, matrix.Weights);
            Assert.All(matrix.Scale, scale => Assert.InRange(scale.Value, 1 << 16, (1 << 17) - 1));
            Assert.All(Enumerable.Range(0, matrix.Rows), r => Assert.Contains(matrix.Row(r).ToArray(), w => Math.Abs(w) == 127));
        }
        Assert.All(model.Layers, layer => Assert.InRange(layer.Norm("Norm1").GammaBits, 0, 15));
        Assert.All(model.Layers, layer => Assert.InRange(layer.Norm("Norm1").Gamma.Max(g => Math.Abs((int)g)), 16384, 32767));
    }

    [Fact]
    public void IsDeterministic()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint().Write(directory));
        QuantizedModel once = Quantiser.Quantise(checkpoint, Calibration.FromModel(checkpoint)), again = Quantiser.Quantise(checkpoint, Calibration.FromModel(checkpoint));
        Assert.Equal(once.Layers[1].Matrix("QKV").Weights, again.Layers[1].Matrix("QKV").Weights);
        Assert.Equal(once.Layers[1].Matrix("FC2").Scale, again.Layers[1].Matrix("FC2").Scale);
        Assert.NotEqual(once.Layers[1].Matrix("FC2").Scale, Quantiser.Quantise(checkpoint, Calibration.FromModel(checkpoint, seed: 2)).Layers[1].Matrix("FC2").Scale);
    }

    [Fact]
    public void QkvRowsGoHeadByHead()
    {
        // Row 3d * head + d * part + i of the stream is row E * part + d * head + i of the checkpoint; its largest weight is at the same column.
        QuantizedMatrix stream = fixture.Model.Quantized.Layers[0].Matrix("QKV");
        using var file = new SafeTensorsFile(Path.Combine(Repository.ShakespeareModel, "model.safetensors"));
        string prefix = file.Tensors.ContainsKey("wte.weight") ? "" : "transformer.";
        float[] weight = file.Read(prefix + "h.0.attn.c_attn.weight"), bias = file.Read(prefix + "h.0.attn.c_attn.bias");
        const int d = 32;
        foreach ((int head, int part, int i) in new[] { (0, 0, 0), (2, 1, 5), (3, 2, 31) })
        {
            int row = 3 * d * head + d * part + i, from = 128 * part + d * head + i;
            Assert.Equal(bias[from] < 0, stream.Bias[row] < 0);
            int agree = Enumerable.Range(0, 128).Count(c => Math.Sign(stream.Row(row)[c]) * Math.Sign(weight[c * 384 + from]) >= 0);
            Assert.Equal(128, agree);
        }
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(4095, 10)]
    [InlineData(4097, 9)]
    [InlineData(20_000, 7)]
    public void FractionBitsLeaveTwiceTheRange(double range, int bits) => Assert.Equal(bits, Quantiser.FractionBits(range, NumericPlan.Int8.Residual));

    [Fact]
    public void ARowOfZerosKeepsItsBias()
    {
        var weight = new FloatMatrix(3, 4, [0, 0, 0, 0, 0, 0, 0, 0, 1e-20f, 0, 0, 0]);
        QuantizedMatrix matrix = MatrixQuantiser.Quantise(weight, [2.5f, 0, -1], null, 0.1, NumericPlan.Int8, _ => 0.001);
        Assert.All(matrix.Weights, w => Assert.Equal(0, w));
        Assert.Equal(2500, Requantised(0, matrix.Bias[0], matrix.Scale[0]));
        Assert.Equal((0, default), (matrix.Bias[1], matrix.Scale[1]));
        Assert.Equal(-1000, Requantised(0, matrix.Bias[2], matrix.Scale[2]));
        Assert.All(matrix.Bias, bias => Assert.InRange(bias, -(1 << 30), 1 << 30));
    }

    [Fact]
    public void MinusOneHundredTwentyEightIsForbidden() => Expect.Error(
        "weight [1, 1] of a 2 x 2 matrix is -128; int8 weights must be -127..127, the range of the packed multipliers",
        () => new QuantizedMatrix(2, 2, [1, 2, 3, -128], new int[2], new Multiplier[2]));

    [Fact]
    public void SmoothingBalancesActivationsAndWeights()
    {
        var next = new FloatMatrix(2, 3, [1, 4, 0, -2, 1, 0]);
        var quantiser = new NormQuantiser(new NormWeights([1, 1, 1], [0, 0.5f, 0]), [8, 1, 3], [next], 1, NumericPlan.Int8.Activation, NumericPlan.Int8.Parameter);
        Assert.Equal([2, 0.5, 1], quantiser.Smoothing);
        Assert.Equal(4.0 / 127, quantiser.OutputScale);
        Assert.Equal(0, quantiser.Saturated);
        Assert.Equal(9, quantiser.Norm.GammaBits);
        Assert.Equal((short)Math.Round(127 / 4.0 / 2 * 512, MidpointRounding.AwayFromZero), quantiser.Norm.Gamma[0]);
        Assert.Equal((short)Math.Round(0.5 / 0.5 / (4.0 / 127) * 64), quantiser.Norm.Beta[1]);
    }

    [Fact]
    public void ConstantsThatDoNotFitAreClippedAndCounted()
    {
        var quantiser = new NormQuantiser(new NormWeights([1e6f, 1], [1000, 0]), [1, 1], [new FloatMatrix(1, 2, [1, 1])], 1, NumericPlan.Int8.Activation, NumericPlan.Int8.Parameter);
        Assert.Equal(2, quantiser.Saturated);
        Assert.Equal((short.MaxValue, short.MaxValue, 0), (quantiser.Norm.Gamma[0], quantiser.Norm.Beta[0], quantiser.Norm.GammaBits));
    }

    [Fact]
    public void DeadChannelsAndHeadsAreHarmless()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { Gain = name => name.StartsWith("h.1.attn.c_attn") || name.StartsWith("h.0.ln_2") ? 0 : 1 }.Write(directory));
        QuantizedModel model = Quantiser.Quantise(checkpoint, Calibration.FromText(checkpoint, [1, 2, 3, 4, 5, 6, 7]));
        int[] hidden = new GoldenModel(model).Step(3);
        float[] exact = new Float32Model(checkpoint).Forward([3]);
        int[] logits = new GoldenModel(model).Logits(hidden);
        for (int i = 0; i < exact.Length; i++)
            Assert.InRange(logits[i] / 65536.0 - exact[i], -0.1, 0.1);
    }

    [Fact]
    public void WeightsOutOfRangeAreRefused()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { Gain = name => name == "h.0.mlp.c_proj.weight" ? 1e12f : 1 }.Write(directory));
        HostException error = Assert.Throws<HostException>(() => Quantiser.Quantise(checkpoint, Calibration.FromText(checkpoint, [1, 2])));
        Assert.StartsWith("tensor \"transformer.h.0.mlp.c_proj.weight\" element [", error.Message);
        Assert.EndsWith("); the checkpoint's weights are out of range", error.Message);
    }

    [Fact]
    public void ActivationsThatOverflowAreRefusedWithTheLargestWeight()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { Gain = name => name.StartsWith("h.1.mlp.c_", StringComparison.Ordinal) ? 3e38f : 1 }.Write(directory));
        HostException error = Assert.Throws<HostException>(() => Quantiser.Quantise(checkpoint, Calibration.FromText(checkpoint, [1, 2])));
        Assert.StartsWith("the activations of layer 1 overflow float32; the largest weight up to there is tensor \"transformer.h.1.mlp.c_", error.Message);
    }

    [Fact]
    public void AnEmbeddingThatSwallowsTheRestIsNamed()
    {
        using var directory = new TempDirectory();
        Checkpoint checkpoint = Checkpoint.Load(new TinyCheckpoint { Gain = name => name == "wpe.weight" ? 1e30f : 1 }.Write(directory));
        QuantizedModel model = Quantiser.Quantise(checkpoint, Calibration.FromText(checkpoint, [1, 2]));
        Assert.StartsWith("tensor \"transformer.wpe.weight\" element [", ScaleCheck.Warnings(checkpoint, model).First());
        Checkpoint sound = Checkpoint.Load(new TinyCheckpoint().Write(directory));
        Assert.Empty(ScaleCheck.Warnings(sound, Quantiser.Quantise(sound, Calibration.FromText(sound, [1, 2]))));
    }

    [Fact]
    public void CalibrationNeedsText() => Expect.Error(
        "the calibration text has no tokens; give a text, or none at all to calibrate on the model's own",
        () => Calibration.FromText(fixture.Model.Checkpoint, []));

    [Fact]
    public void ErrorsOfParallelWorkArriveAsTheyAre()
    {
        const string message = "token id 512 is outside the model's vocabulary of 512; use the tokenizer of the model";
        Expect.Error(message, () => Calibration.FromText(fixture.Model.Checkpoint, [1, 512]));
        Expect.Error(message, () => Perplexity.Float32(fixture.Model.Checkpoint, [512, 1]));
        Expect.Error(message, () => Perplexity.Integer(fixture.Model.Quantized, [512, 1]));
    }

    [Fact]
    public void CalibrationSeesEveryTokenAndReportsProgress()
    {
        var reports = new List<double>();
        CalibrationRanges ranges = Calibration.FromText(fixture.Model.Checkpoint, new int[600], new Collector(reports));
        Assert.Equal(600, ranges.Tokens);
        Assert.Equal(3, reports.Count);
        Assert.Equal(1, reports[^1], 9);
        Assert.True(ranges.Residual() > 0);
    }

    [Fact]
    public void TokenizerAndModelMustFit()
    {
        using var directory = new TempDirectory();
        new TinyCheckpoint().Write(directory);
        File.Copy(Path.Combine(Repository.ShakespeareModel, "vocab.json"), directory.File("vocab.json"));
        File.Copy(Path.Combine(Repository.ShakespeareModel, "merges.txt"), directory.File("merges.txt"));
        Expect.Error($"{directory.Path}: the tokenizer has 512 tokens but the model's vocabulary is 10; use the vocab.json and merges.txt of this checkpoint",
            () => LoadedModel.Load(directory.Path));
    }

    private static long Requantised(int accumulator, int bias, Multiplier multiplier) => NumericPlan.Int8.Residual.Clip(Requantise.Scale(accumulator, bias, multiplier));

    private sealed class Collector(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
