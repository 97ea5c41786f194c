using System.Text;
using System.Text.Json.Nodes;

namespace LoopLynx.InputFuzz.Mutations;

/// <summary>Changes of <c>config.json</c>.</summary>
public static class ConfigMutations
{
    private static readonly string[] Numbers = ["n_layer", "n_head", "n_embd", "n_positions", "vocab_size", "n_inner"];
    private static readonly string[] Wrong = ["0", "-1", "2.5", "1e400", "2147483648", "99999999999999999999", "true", "\"4\"", "[]", "{}", "NaN"];
    private static readonly string[] Sizes = ["n_layer", "n_embd", "n_positions", "vocab_size", "n_inner"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Func<Random, ModelFiles, Case>> All { get; } =
    [
        WrongNumber, OtherSize, Missing, NotItsType, OutOfRange, AnotherModel, Cut, NotUtf8, Noise, Heads, Harmless, HalfASurrogate,
    ];

    private static Case WrongNumber(Random random, ModelFiles sound)
    {
        var (field, value) = (random.Of(Numbers), random.Of(Wrong));
        return Replaced(sound, field, value, Expectation.Refused);
    }

    private static Case OtherSize(Random random, ModelFiles sound)
    {
        var field = random.Of(Sizes);
        var value = random.Next(1, 400);
        var own = (int)JsonNode.Parse(sound.Config)![field]!;
        return Replaced(sound, field, $"{(value == own ? own + 2 : value)}", Expectation.Refused);
    }

    private static Case Missing(Random random, ModelFiles sound)
    {
        var field = random.Of(["n_layer", "n_head", "n_embd", "n_positions", "vocab_size"]);
        var node = JsonNode.Parse(sound.Config)!.AsObject();
        node.Remove(field);
        return Of(sound, $"without {field}", node.ToJsonString(), Expectation.Refused);
    }

    private static Case NotItsType(Random random, ModelFiles sound)
    {
        var (field, value) = random.Of([
            ("tie_word_embeddings", "\"false\""), ("tie_word_embeddings", "0"), ("activation_function", "1"), ("activation_function", "[\"gelu_new\"]"), ("model_type", "2"),
            ("scale_attn_weights", "\"true\""), ("layer_norm_epsilon", "\"1e-5\""), ("bos_token_id", "\"a\""), ("eos_token_id", "1.5"), ("scale_attn_by_inverse_layer_idx", "1")]);
        return Replaced(sound, field, value, Expectation.Refused);
    }

    private static Case OutOfRange(Random random, ModelFiles sound)
    {
        var (field, value) = random.Of([
            ("layer_norm_epsilon", "1e400"), ("layer_norm_epsilon", "0"), ("layer_norm_epsilon", "-1e-5"), ("layer_norm_epsilon", "7"), ("bos_token_id", "99999"), ("eos_token_id", "-1")]);
        return Replaced(sound, field, value, Expectation.Refused);
    }

    private static Case AnotherModel(Random random, ModelFiles sound)
    {
        var (field, value) = random.Of([
            ("model_type", "\"llama\""), ("activation_function", "\"relu\""), ("activation_function", "\"gelu\""), ("scale_attn_weights", "false"), ("scale_attn_by_inverse_layer_idx", "true")]);
        return Replaced(sound, field, value, Expectation.Refused);
    }

    private static Case Cut(Random random, ModelFiles sound)
    {
        var length = random.Next(sound.Config.AsSpan().TrimEnd((byte)'\n').Length - 1);
        return new Case($"config cut to {length} bytes", Expectation.Refused, sound with { Config = sound.Config[..length] }, null);
    }

    private static Case NotUtf8(Random random, ModelFiles sound)
    {
        var at = random.Next(sound.Config.Length);
        return new Case($"config with byte 0xE9 at {at}", Expectation.Refused, sound with { Config = [.. sound.Config[..at], 0xE9, .. sound.Config[at..]] }, null);
    }

    private static Case Noise(Random random, ModelFiles sound)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return new Case($"config of {bytes.Length} random bytes", Expectation.Refused, sound with { Config = bytes }, null);
    }

    private static Case Heads(Random random, ModelFiles sound) =>
        Replaced(sound, "n_head", random.Of(["1", "4", "8"]), Expectation.Unnoticed("the shapes of a GPT-2's tensors are the same for any number of heads that divides the width"));

    private static Case Harmless(Random random, ModelFiles sound) => random.Next(4) switch
    {
        0 => new Case("config with a byte order mark", Expectation.Same, sound with { Config = [0xEF, 0xBB, 0xBF, .. sound.Config] }, null),
        1 => Replaced(sound, "resid_pdrop", "0.1", Expectation.Same),
        2 => Replaced(sound, "n_ctx", "99", Expectation.Same),
        _ => Of(sound, "indented", JsonNode.Parse(sound.Config)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }), Expectation.Same),
    };

    private static Case HalfASurrogate(Random random, ModelFiles sound) =>
        Replaced(sound, random.Of(["model_type", "activation_function", "name"]), random.Of(["\"\\ud800\"", "\"a\\udc00b\""]), Expectation.Refused);

    // As text: not every value is one of JSON.
    private static Case Replaced(ModelFiles sound, string field, string value, Expectation expected)
    {
        var node = JsonNode.Parse(sound.Config)!.AsObject();
        node.Remove(field);
        var text = node.ToJsonString();
        return Of(sound, $"{field}: {value}", $"{text[..^1]},\"{field}\":{value}}}", expected);
    }

    private static Case Of(ModelFiles sound, string what, string text, Expectation expected) =>
        new($"config {what}", expected, sound with { Config = Encoding.UTF8.GetBytes(text) }, null);
}
