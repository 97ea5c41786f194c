using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace LoopLynx.InputFuzz.Mutations;

/// <summary>Changes of the header of <c>model.safetensors</c>.</summary>
public static class HeaderMutations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Func<Random, ModelFiles, Case>> All { get; } =
    [
        Length, Cut, Renamed, Removed, WrongShape, WrongType, WrongOffsets, Field, Noise, Extra, LayerTooMany, Harmless, WithoutPrefix,
    ];

    private static Case Length(Random random, ModelFiles sound)
    {
        var file = (byte[])sound.Weights.Clone();
        var length = random.Of<ulong>([0UL, 1, 8, (ulong)random.Next(2, 2000), (ulong)file.Length, uint.MaxValue, long.MaxValue, ulong.MaxValue]);
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        return Of(sound, $"length {length}", file, Expectation.Refused);
    }

    private static Case Cut(Random random, ModelFiles sound)
    {
        var length = random.Next(sound.Weights.Length - 1);
        return Of(sound, $"cut to {length} bytes", sound.Weights[..length], Expectation.Refused);
    }

    private static Case Renamed(Random random, ModelFiles sound) => Edited(sound, random, "renamed", (header, name) =>
    {
        var entry = header[name]!.DeepClone();
        header.Remove(name);
        header[name + "x"] = entry;
    });

    private static Case Removed(Random random, ModelFiles sound) => Edited(sound, random, "removed", (header, name) => header.Remove(name));

    private static Case WrongShape(Random random, ModelFiles sound) => Edited(sound, random, "of another shape", (header, name) =>
        header[name]!["shape"] = JsonNode.Parse(random.Of(["[]", "[1]", "[-16]", "[16,16,16]", "[9223372036854775807,4]", "[0]", "[\"16\"]", "16", "null"])));

    private static Case WrongType(Random random, ModelFiles sound) => Edited(sound, random, "of another type", (header, name) =>
        header[name]!["dtype"] = JsonNode.Parse(random.Of(["\"F64\"", "\"I32\"", "\"U8\"", "\"F16\"", "\"Q4\"", "\"\"", "4", "null"])));

    private static Case WrongOffsets(Random random, ModelFiles sound) => Edited(sound, random, "of other offsets", (header, name) =>
        header[name]!["data_offsets"] = JsonNode.Parse(random.Of(["[0,0]", "[8,4]", "[-4,60]", "[0]", "[0,1,2]", "[1,9223372036854775807]", "[99999999,99999999]", "{}", "[0.5,64]"])));

    private static Case Field(Random random, ModelFiles sound) => Edited(sound, random, "without a field", (header, name) =>
        header[name]!.AsObject().Remove(random.Of(["dtype", "shape", "data_offsets"])));

    private static Case Noise(Random random, ModelFiles sound)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        var at = random.Next(header.Length);
        return Of(sound, $"header with a zero byte at {at}", SafeTensors.Join(header[..at] + "\0" + header[at..], data), Expectation.Refused);
    }

    private static Case Extra(Random random, ModelFiles sound)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        var name = random.Of(["transformer.extra", "score.weight", "transformer.h.0.crossattention.c_attn.weight"]);
        var entry = $",\"{name}\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[{data.Length},{data.Length + 4}]}}";
        return Of(sound, $"extra {name}", SafeTensors.Join(header[..^1] + entry + "}", [.. data, 0, 0, 0, 0]), Expectation.Warned("that GPT-2 does not have"));
    }

    private static Case LayerTooMany(Random random, ModelFiles sound)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        var name = $"transformer.h.{random.Next(TinyModel.Layers, 99)}.ln_1.weight";
        var entry = $",\"{name}\":{{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[{data.Length},{data.Length + 4}]}}";
        return Of(sound, $"left over {name}", SafeTensors.Join(header[..^1] + entry + "}", [.. data, 0, 0, 0, 0]), Expectation.Refused);
    }

    private static Case Harmless(Random random, ModelFiles sound)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        return random.Next(3) switch
        {
            0 => Of(sound, "spaces behind the header", SafeTensors.Join(header + new string(' ', random.Next(1, 64)), data), Expectation.Same),
            1 => Of(sound, "metadata", SafeTensors.Join(header.Replace("\"pt\"", "\"np\"", StringComparison.Ordinal), data), Expectation.Same),
            _ => Of(sound, "tensors in another order", SafeTensors.Join(Reversed(header), data), Expectation.Same),
        };
    }

    private static Case WithoutPrefix(Random random, ModelFiles sound)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        return Of(sound, "names without the prefix", SafeTensors.Join(header.Replace("\"transformer.", "\"", StringComparison.Ordinal), data), Expectation.Same);
    }

    private static string Reversed(string header)
    {
        var node = JsonNode.Parse(header)!.AsObject();
        return new JsonObject(node.Reverse().Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))).ToJsonString();
    }

    private static Case Edited(ModelFiles sound, Random random, string what, Action<JsonObject, string> edit)
    {
        var (header, data) = SafeTensors.Split(sound.Weights);
        var node = JsonNode.Parse(header)!.AsObject();
        var name = random.Of(TinyModel.Tensors).Name;
        edit(node, name);
        return Of(sound, $"{name} {what}", SafeTensors.Join(node.ToJsonString(), data), Expectation.Refused);
    }

    private static Case Of(ModelFiles sound, string what, byte[] file, Expectation expected) => new($"header: {what}", expected, sound with { Weights = file }, null);
}
