namespace LoopLynx.Host.Tests;

/// <summary>Writes a GPT-2 of one or two layers with random weights, so that loader tests can spoil it.</summary>
internal sealed class TinyCheckpoint
{
    public static readonly ModelDescription Shape = new(2, 2, 8, 6, 10, 12);

    private readonly Random random = new(5);

    public string Prefix { get; init; } = "transformer.";

    public Func<string, bool> Keep { get; init; } = _ => true;

    public Func<string, long[], long[]> Reshape { get; init; } = (_, shape) => shape;

    /// <summary>Multiplies the values of a tensor.</summary>
    public Func<string, float> Gain { get; init; } = _ => 1;

    public string ConfigFields { get; init; } = "";

    public bool SeparateHead { get; init; }

    public string Write(TempDirectory directory)
    {
        directory.Write("config.json", $$"""{"n_layer":2,"n_head":2,"n_embd":8,"n_positions":6,"vocab_size":10,"n_inner":12{{ConfigFields}}}""");
        var file = new SafeTensorsBuilder();
        Add(file, "wte.weight", 10, 8);
        Add(file, "wpe.weight", 6, 8);
        for (int layer = 0; layer < 2; layer++)
        {
            string at = $"h.{layer}.";
            Add(file, at + "ln_1.weight", 8);
            Add(file, at + "ln_1.bias", 8);
            Add(file, at + "attn.bias", 1, 1, 6, 6);
            file.Raw(Prefix + at + "attn.masked_bias", "U8", [1], [0]);
            Add(file, at + "attn.c_attn.weight", 8, 24);
            Add(file, at + "attn.c_attn.bias", 24);
            Add(file, at + "attn.c_proj.weight", 8, 8);
            Add(file, at + "attn.c_proj.bias", 8);
            Add(file, at + "ln_2.weight", 8);
            Add(file, at + "ln_2.bias", 8);
            Add(file, at + "mlp.c_fc.weight", 8, 12);
            Add(file, at + "mlp.c_fc.bias", 12);
            Add(file, at + "mlp.c_proj.weight", 12, 8);
            Add(file, at + "mlp.c_proj.bias", 8);
        }
        Add(file, "ln_f.weight", 8);
        Add(file, "ln_f.bias", 8);
        if (SeparateHead)
            file.F32("lm_head.weight", [10, 8], Values("lm_head.weight", 80));
        directory.Write("model.safetensors", file.Build());
        return directory.Path;
    }

    private void Add(SafeTensorsBuilder file, string name, params long[] shape)
    {
        float[] values = Values(name, (int)shape.Aggregate(1L, (a, b) => a * b));
        if (Keep(name))
            file.F32(Prefix + name, Reshape(name, shape), values);
    }

    private float[] Values(string name, int count) => [.. Enumerable.Range(0, count).Select(_ => Gain(name) * (random.NextSingle() - 0.5f))];
}
