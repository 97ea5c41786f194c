using System.Numerics;

namespace LoopLynx.Host.Tests;

public class GoldenModelTests(ShakespeareFixture fixture)
{
    private static readonly ModelDescription small = new(2, 2, 32, 20, 40, 64);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void IsTheContractOnRandomModels(ulong seed)
    {
        QuantizedModel model = SyntheticModel.Create(small, seed);
        var (golden, plain) = (new GoldenModel(model), new PlainModel(model));
        for (int position = 0; position < small.Context; position++)
        {
            int[] embedding = model.Embed(position * 7 % 40, position);
            Assert.Equal(plain.Step(embedding), golden.Step(embedding, position).Select(v => (BigInteger)v));
        }
    }

    [Fact]
    public void IsTheContractOnTheShippedModel()
    {
        QuantizedModel model = fixture.Model.Quantized;
        var (golden, plain) = (new GoldenModel(model), new PlainModel(model));
        foreach (int token in fixture.Model.Tokenizer.Encode("ROMEO:"))
        {
            int[] embedding = model.Embed(token, golden.Cache.Length);
            Assert.Equal(plain.Step(embedding), golden.Step(token).Select(v => (BigInteger)v));
        }
    }

    [Fact]
    public void IsTheContractWhenTheResidualSaturates()
    {
        QuantizedModel model = SyntheticModel.Create(small);
        var (golden, plain) = (new GoldenModel(model), new PlainModel(model));
        int[] embedding = [.. Enumerable.Range(0, small.Embed).Select(i => i % 2 == 0 ? 8_388_607 : -8_388_608)];
        Assert.Equal(plain.Step(embedding), golden.Step(embedding, 0).Select(v => (BigInteger)v));
        Assert.InRange(golden.Saturations.Of(ValueKind.Residual), 1, 1000);
    }

    [Fact]
    public void TheFirstTokenAttendsToItselfAlone()
    {
        QuantizedModel model = SyntheticModel.Create(small);
        var trace = new GoldenTrace(small);
        new GoldenModel(model).Step(model.Embed(3, 0), 0, trace);
        LayerTrace layer = trace.Layers[0];
        for (int head = 0; head < 2; head++)
            for (int c = 0; c < 16; c++)
                Assert.InRange(layer["Attention"].Output.Values[head * 16 + c], Expected(head, c) - 1, Expected(head, c) + 1);
        double Expected(int head, int c) => Math.Clamp(layer["Qkv"].Output.Values[head * 48 + 32 + c] * 4096 * model.Layers[0].Attention("Attention").Heads[head].Context.Real, -127, 127);
    }

    [Fact]
    public void TheTraceHoldsEveryStep()
    {
        QuantizedModel model = SyntheticModel.Create(small);
        var trace = new GoldenTrace(small);
        var golden = new GoldenModel(model);
        golden.Step(1);
        int[] embedding = model.Embed(2, 1), hidden = golden.Step(embedding, 1, trace);
        int[] x = embedding;
        for (int l = 0; l < small.Layers; l++)
        {
            LayerTrace layer = trace.Layers[l];
            var norm = new int[32];
            IntegerLayerNorm.Apply(x, model.Layers[l].Norm("Norm1"), norm, NumericPlan.Int8.Activation);
            Assert.Equal(norm, layer["Norm1"].Stored.Values);
            Assert.Equal(x.Zip(layer["Project"].Output.Values, (a, b) => a + b), layer["Project"].Stored.Values);
            IntegerLayerNorm.Apply(layer["Project"].Stored.Values, model.Layers[l].Norm("Norm2"), norm, NumericPlan.Int8.Activation);
            Assert.Equal(norm, layer["Norm2"].Stored.Values);
            Assert.Equal(layer["FeedForward1"].Output.Values.Select(h => model.Layers[l].Table("FeedForward1").Apply(h, NumericPlan.Int8)), layer["FeedForward1"].Stored.Values);
            Assert.Equal(layer["Project"].Stored.Values.Zip(layer["FeedForward2"].Output.Values, (a, b) => a + b), layer["FeedForward2"].Stored.Values);
            Assert.Equal(layer["Qkv"].Stored.Values[16..32], golden.Cache.Keys(l, 0).Slice(16, 16).ToArray().Select(v => (int)v));
            Assert.Equal(layer["Qkv"].Stored.Values[80..96], golden.Cache.Values(l, 1).Slice(16, 16).ToArray().Select(v => (int)v));
            x = layer["FeedForward2"].Stored.Values;
        }
        Assert.Equal(x, hidden);
    }

    [Fact]
    public void SteppingBackDropsWhatFollows()
    {
        QuantizedModel model = SyntheticModel.Create(small);
        var (straight, returned) = (new GoldenModel(model), new GoldenModel(model));
        straight.Step(5);
        returned.Step(5);
        returned.Step(6);
        returned.Step(7);
        Assert.Equal(straight.Step(8), returned.Step(model.Embed(8, 1), 1));
        Assert.Equal(2, returned.Cache.Length);
    }

    [Fact]
    public void TheLastPositionWorksAndTheNextIsRefused()
    {
        QuantizedModel model = SyntheticModel.Create(small);
        var golden = new GoldenModel(model);
        golden.Cache.FillSynthetic(small.Context - 1, 9);
        golden.Step(1);
        Assert.Equal(small.Context, golden.Cache.Length);
        Expect.Error("position 20 is outside the model's context of 20; shorten the text", () => golden.Step(1));
        Expect.Error("token id 40 is outside the model's vocabulary of 40; use the tokenizer of the model", () => new GoldenModel(model).Step(40));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GoldenModel(model).Step(new int[32], 1));
    }

    [Fact]
    public void HiddenStatesAndLogitsFollowTheFloatModel()
    {
        int[] ids = [.. fixture.Model.Tokenizer.Encode(File.ReadAllText(Repository.Sonnets)).Take(256)];
        float[] exact = new Float32Model(fixture.Model.Checkpoint).ForwardAll(ids);
        foreach ((SoftmaxMode mode, double limit) in new[] { (SoftmaxMode.Precise, 0.13), (SoftmaxMode.Paper, 0.3) })
        {
            var golden = new GoldenModel(fixture.Model.Quantized, mode);
            double squares = 0;
            for (int t = 0; t < ids.Length; t++)
            {
                int[] logits = golden.Logits(golden.Step(ids[t]));
                for (int i = 0; i < 512; i++)
                    squares += Math.Pow(logits[i] / 65536.0 - exact[t * 512 + i], 2);
            }
            Assert.InRange(Math.Sqrt(squares / exact.Length), 0, limit);
            Assert.Equal((0, 0), (golden.Saturations.Of(ValueKind.Residual), golden.Saturations.Of(ValueKind.Logit)));
        }
    }
}
