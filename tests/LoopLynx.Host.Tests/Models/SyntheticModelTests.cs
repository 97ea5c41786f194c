namespace LoopLynx.Host.Tests;

public class SyntheticModelTests
{
    private static readonly ModelDescription shape = new(6, 4, 256, 128, 300, 1024);

    [Fact]
    public void TheSeedDecidesEverything()
    {
        QuantizedModel a = SyntheticModel.Create(shape, 7), b = SyntheticModel.Create(shape, 7), c = SyntheticModel.Create(shape, 8);
        Assert.Equal(a.Layers[2].Matrix("FC2").Weights, b.Layers[2].Matrix("FC2").Weights);
        Assert.Equal(new GoldenModel(a).Step(3), new GoldenModel(b).Step(3));
        Assert.NotEqual(a.Layers[0].Matrix("QKV").Weights, c.Layers[0].Matrix("QKV").Weights);
        Assert.NotEqual(a.Layers[0].Matrix("QKV").Weights, a.Layers[1].Matrix("QKV").Weights);
    }

    [Fact]
    public void TheGeneratorDoesNotChange()
    {
        // Hardware results are compared across machines and versions by these models.
        QuantizedModel model = SyntheticModel.Create(shape, 1);
        Assert.Equal([119, 2, 48, 105, -74, 32, -116, -21], model.Layers[0].Matrix("QKV").Weights[..8]);
        Assert.Equal([-633, -2370, -692, -5209, -1983, -5135, -3098, 11670], new GoldenModel(model).Step(3)[..8]);
    }

    [Fact]
    public void ActivationsUseTheirRanges()
    {
        var golden = new GoldenModel(SyntheticModel.Create(shape));
        golden.Cache.FillSynthetic(64, 1);
        var trace = new GoldenTrace(shape);
        golden.Step(golden.Model.Embed(1, 64), 64, trace);
        Assert.All(trace.Layers, layer =>
        {
            Assert.InRange(Deviation(layer["Norm1"].Output.Values.Select(v => (double)v)), 28, 36);
            Assert.InRange(Deviation(layer["Qkv"].Output.Values.Select(v => (double)v)), 25, 50);
            Assert.InRange(Deviation(layer["Attention"].Output.Values.Select(v => (double)v)), 3, 60);
            Assert.InRange(Deviation(layer["FeedForward1"].Output.Values.Select(v => (double)v)), 6000, 10000);
            Assert.InRange(Deviation(layer["FeedForward1"].Stored.Values.Select(v => (double)v)), 20, 45);
            Assert.InRange(Deviation(layer["FeedForward2"].Output.Values.Select(v => (double)v)), 256, 1024);
            Assert.InRange(layer["Qkv"].Output.Values.Count(v => Math.Abs(v) == 127), 0, layer["Qkv"].Output.Values.Length / 50);
        });
        Assert.Equal(0, golden.Saturations.Of(ValueKind.Residual));
        Assert.InRange(Deviation(golden.Logits(trace.Layers[^1]["FeedForward2"].Stored.Values).Select(v => v / 65536.0)), 2, 6);
    }

    [Fact]
    public void OddSizesAreFilledToTheEnd()
    {
        sbyte[] values = new SyntheticWeights(1).Weights(1003, NumericPlan.Int8.Weight);
        Assert.DoesNotContain(sbyte.MinValue, values);
        Assert.Contains((sbyte)-127, new SyntheticWeights(1).Weights(100_000, NumericPlan.Int8.Weight));
        Assert.Contains((sbyte)127, new SyntheticWeights(1).Weights(100_000, NumericPlan.Int8.Weight));
        Assert.Contains(values[1000..], v => v != 0);
    }

    private static double Deviation(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v));
}
