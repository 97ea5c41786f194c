namespace LoopLynx.Host.Tests;

/// <summary>The tables of docs/numerics.md, against the plan, the block and what the golden model clips to.</summary>
public class NumericsPageTests
{
    private static readonly DocumentationPage Page = new("numerics.md");

    [Fact]
    public void Every_kind_of_value_has_the_format_of_the_table()
    {
        var rows = Page.Table("## Formats");
        Assert.Equal(Enum.GetNames<ValueKind>().Order(), rows.Select(row => row[1]).Order());
        foreach (var row in rows)
        {
            var (format, ends) = (NumericPlan.Int8[Enum.Parse<ValueKind>(row[1])], row[3].Split("..").Select(long.Parse).ToArray());
            Assert.Equal(row[2], format.ToString());
            Assert.Equal((ends[0], ends[1]), (format.Min, format.Max));
            Assert.Equal((ends[0], ends[1]), (format.Clip(long.MinValue), format.Clip(long.MaxValue)));
        }
    }

    [Fact]
    public void Every_product_saturates_as_the_table_says()
    {
        var rows = Page.Table("## Linear layers (`IntegerLinear`, `Requantise`)").ToDictionary(row => row[0], row => row[1]);
        var ends = new Dictionary<string, (long, long)> { ["Sat8"] = (-127, 127), ["Sat16"] = (-32768, 32767), ["Sat24"] = (-8388608, 8388607), ["Sat32"] = (int.MinValue, int.MaxValue) };
        var products = ModelDescription.Shakespeare.Block.Where(s => s.Operation is Product).ToArray();
        Assert.Equal(products.Select(s => ((Product)s.Operation).Matrix).Append("LM head"), rows.Keys);
        foreach (var step in products)
        {
            Assert.All(step.Result!.Kinds, kind => Assert.Equal(ends[rows[((Product)step.Operation).Matrix]], (NumericPlan.Int8[kind].Min, NumericPlan.Int8[kind].Max)));
        }

        Assert.Equal(ends[rows["LM head"]], (NumericPlan.Int8.Logit.Min, NumericPlan.Int8.Logit.Max));
    }

    [Fact]
    public void Values_reach_the_ends_of_the_table_and_are_counted_by_step_and_kind()
    {
        // Multipliers of a random model are made so large that everything saturates.
        var model = Loud(SyntheticModel.Create(new ModelDescription(1, 2, 32, 8, 40, 64), 3));
        var (golden, trace) = (new GoldenModel(model), new GoldenTrace(model.Description));
        golden.Step(model.Embed(5, 0), 0, trace);
        var ranges = Page.Table("## Formats").ToDictionary(row => row[1], row => row[3].Split("..").Select(int.Parse).ToArray());
        foreach (var (step, kind) in new[] { ("Qkv", "Query"), ("Project", "Residual"), ("FeedForward1", "PreActivation"), ("FeedForward2", "Residual") })
        {
            var values = trace.Layers[0][step].Output.Values;
            Assert.Equal((ranges[kind][0], ranges[kind][1]), (values.Min(), values.Max()));
        }

        Assert.Contains(golden.Saturations.Counts, c => c is { Step: "Qkv", Kind: ValueKind.Key, Values: > 0 });
        Assert.Contains(golden.Saturations.Counts, c => c is { Step: "FeedForward2", Kind: ValueKind.Residual, Values: > 0 });
        Assert.Equal(golden.Saturations.Counts.Sum(c => c.Values), golden.Saturations.Total);
        Assert.Equal(golden.Saturations.Counts.Where(c => c.Kind == ValueKind.Residual).Sum(c => c.Values), golden.Saturations.Of(ValueKind.Residual));
    }

    private static QuantizedModel Loud(QuantizedModel model) => new()
    {
        Description = model.Description,
        FractionBits = model.FractionBits,
        Layers = [.. model.Layers.Select(layer => new QuantizedLayer(layer.Parameters, layer.Matrices.ToDictionary(m => m.Key, m => Loud(m.Value))))],
        FinalNorm = model.FinalNorm,
        LmHead = model.LmHead,
        Embedding = model.Embedding,
    };

    private static QuantizedMatrix Loud(QuantizedMatrix m) => new(m.Rows, m.Columns, m.Weights, m.Bias, [.. m.Scale.Select(s => s with { Shift = Math.Max(0, s.Shift - 16) })]);
}
