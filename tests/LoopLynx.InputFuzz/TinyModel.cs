using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LoopLynx.InputFuzz;

/// <summary>A GPT-2 of two small layers with random weights and a tokenizer of a few merges: sound, and loaded in milliseconds.</summary>
public static class TinyModel
{
    /// <summary>Layers, heads, width, positions, width of the feed-forward layer.</summary>
    public const int Layers = 2, Heads = 2, Embed = 16, Context = 12, FeedForward = 32;

    /// <summary>What every case continues.</summary>
    public const string Prompt = "to be";

    private static readonly string[] Rules = ["t o", "b e", "h e", "t h", "i n", "th e", "o r", "a n", "in g", "an d"];

    /// <summary>Names and shapes of the tensors.</summary>
    public static IReadOnlyList<(string Name, int[] Shape)> Tensors { get; } =
    [
        ("transformer.wte.weight", [VocabularySize, Embed]),
        ("transformer.wpe.weight", [Context, Embed]),
        .. Enumerable.Range(0, Layers).SelectMany(layer => ((string Name, int[] Shape)[])
        [
            ($"transformer.h.{layer}.ln_1.weight", [Embed]),
            ($"transformer.h.{layer}.ln_1.bias", [Embed]),
            ($"transformer.h.{layer}.attn.c_attn.weight", [Embed, 3 * Embed]),
            ($"transformer.h.{layer}.attn.c_attn.bias", [3 * Embed]),
            ($"transformer.h.{layer}.attn.c_proj.weight", [Embed, Embed]),
            ($"transformer.h.{layer}.attn.c_proj.bias", [Embed]),
            ($"transformer.h.{layer}.ln_2.weight", [Embed]),
            ($"transformer.h.{layer}.ln_2.bias", [Embed]),
            ($"transformer.h.{layer}.mlp.c_fc.weight", [Embed, FeedForward]),
            ($"transformer.h.{layer}.mlp.c_fc.bias", [FeedForward]),
            ($"transformer.h.{layer}.mlp.c_proj.weight", [FeedForward, Embed]),
            ($"transformer.h.{layer}.mlp.c_proj.bias", [Embed]),
        ]),
        ("transformer.ln_f.weight", [Embed]),
        ("transformer.ln_f.bias", [Embed]),
    ];

    /// <summary>Tokens: bytes, what the rules make, the end of text.</summary>
    public static int VocabularySize => 256 + Rules.Length + 1;

    /// <summary>The sound checkpoint, always the same.</summary>
    public static ModelFiles Create() => new(
        Encoding.UTF8.GetBytes($$"""
            {"model_type": "gpt2", "activation_function": "gelu_new", "n_layer": {{Layers}}, "n_head": {{Heads}}, "n_embd": {{Embed}}, "n_positions": {{Context}}, "n_inner": {{FeedForward}},
             "vocab_size": {{VocabularySize}}, "layer_norm_epsilon": 1e-05, "bos_token_id": {{VocabularySize - 1}}, "eos_token_id": {{VocabularySize - 1}}, "tie_word_embeddings": true}
            """),
        Weights(),
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Vocabulary(), new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })),
        Encoding.UTF8.GetBytes("#version: 0.2\n" + string.Join('\n', Rules) + "\n"));

    // GPT-2's stand-ins for bytes: those that Latin-1 shows stand for themselves, the others are the characters from U+0100 on.
    private static Dictionary<string, int> Vocabulary()
    {
        var shown = Enumerable.Range('!', '~' - '!' + 1).Concat(Enumerable.Range(0xA1, 0xAC - 0xA1 + 1)).Concat(Enumerable.Range(0xAE, 0xFF - 0xAE + 1));
        var symbols = shown.Concat(Enumerable.Range(0x100, 68)).Select(code => ((char)code).ToString());
        return symbols.Concat(Rules.Select(rule => rule.Replace(" ", "", StringComparison.Ordinal))).Append("<|endoftext|>").Select((token, id) => (token, id)).ToDictionary(t => t.token, t => t.id);
    }

    private static byte[] Weights()
    {
        var random = new Random(15);
        var (header, data) = (new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}"), new List<byte>());
        foreach (var (name, shape) in Tensors)
        {
            var isGain = name.EndsWith("ln_1.weight", StringComparison.Ordinal) || name.EndsWith("ln_2.weight", StringComparison.Ordinal) || name.EndsWith("ln_f.weight", StringComparison.Ordinal);
            var values = new float[shape.Aggregate(1, (a, b) => a * b)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (isGain ? 1 : 0) + ((random.NextSingle() - 0.5f) * 0.6f);
            }

            header.Append($",\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{data.Count},{data.Count + (values.Length * sizeof(float))}]}}");
            data.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return SafeTensors.Join(header.Append('}').ToString(), [.. data]);
    }
}
