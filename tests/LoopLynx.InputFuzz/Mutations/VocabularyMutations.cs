using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LoopLynx.InputFuzz.Mutations;

/// <summary>Changes of <c>vocab.json</c>.</summary>
public static class VocabularyMutations
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Func<Random, ModelFiles, Case>> All { get; } = [Dropped, Twice, WrongId, Shuffled, Swapped, Added, Latin1, HalfASurrogate, Cut, Noise, Escaped];

    private static Case Dropped(Random random, ModelFiles sound)
    {
        var vocabulary = Read(sound);
        var token = random.Of([.. vocabulary.Keys]);
        vocabulary.Remove(token);

        // The last one is the end of text, which nothing is made of: the model has an id more than the tokenizer.
        return Of(sound, $"without \"{token}\"", vocabulary, token == "<|endoftext|>" ? Expectation.Warned("never chosen") : Expectation.Refused);
    }

    private static Case Twice(Random random, ModelFiles sound)
    {
        var text = Encoding.UTF8.GetString(sound.Vocabulary);
        return Text(sound, "a token twice", $"{text[..^1]},\"the\":{random.Next(300)}}}", Expectation.Refused);
    }

    private static Case WrongId(Random random, ModelFiles sound)
    {
        var text = Encoding.UTF8.GetString(sound.Vocabulary);
        var value = random.Of(["-1", "1e9", "2147483647", "\"3\"", "null", "2.5", "[3]", "0"]);
        return Text(sound, $"\"the\" has the id {value}", text.Replace("\"the\":261", $"\"the\":{value}", StringComparison.Ordinal), Expectation.Refused);
    }

    private static Case Shuffled(Random random, ModelFiles sound)
    {
        var vocabulary = Read(sound);
        var ids = vocabulary.Values.ToArray();
        random.Shuffle(ids);
        return Of(sound, "shuffled", vocabulary.Keys.Zip(ids).ToDictionary(t => t.First, t => t.Second), Expectation.Warned("the tokenizer may not fit the model"));
    }

    private static Case Swapped(Random random, ModelFiles sound)
    {
        var vocabulary = Read(sound);
        string[] letters = [.. Enumerable.Range('a', 26).Select(c => ((char)c).ToString())];
        var (one, other) = (random.Of(letters), random.Of(letters));
        (vocabulary[one], vocabulary[other]) = (vocabulary[other], vocabulary[one]);
        return Of(sound, $"\"{one}\" and \"{other}\" swapped", vocabulary,
            new Expectation(Allowed.Warned | Allowed.Unnoticed | Allowed.Same, one == other ? "" : "the tokenizer may not fit the model"));
    }

    private static Case Added(Random random, ModelFiles sound)
    {
        var vocabulary = Read(sound);
        vocabulary[$"extra{random.Next(100)}"] = vocabulary.Count;
        return Of(sound, "a token more than the model has", vocabulary, Expectation.Refused);
    }

    private static Case Latin1(Random random, ModelFiles sound) =>
        new("vocabulary in Latin-1", Expectation.Refused, sound with { Vocabulary = Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(sound.Vocabulary)) }, null);

    private static Case HalfASurrogate(Random random, ModelFiles sound)
    {
        var text = Encoding.UTF8.GetString(sound.Vocabulary);
        return Text(sound, "half a surrogate pair", $"{text[..^1]},\"{random.Of(["\\ud800", "\\udfff", "a\\ud83d"])}\":{TinyModel.VocabularySize}}}", Expectation.Refused);
    }

    private static Case Cut(Random random, ModelFiles sound)
    {
        var length = random.Next(sound.Vocabulary.Length - 1);
        return new Case($"vocabulary cut to {length} bytes", Expectation.Refused, sound with { Vocabulary = sound.Vocabulary[..length] }, null);
    }

    private static Case Noise(Random random, ModelFiles sound)
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return new Case($"vocabulary of {bytes.Length} random bytes", Expectation.Refused, sound with { Vocabulary = bytes }, null);
    }

    private static Case Escaped(Random random, ModelFiles sound) =>
        Text(sound, "every character escaped", JsonSerializer.Serialize(Read(sound)), Expectation.Same);

    private static Dictionary<string, int> Read(ModelFiles sound) => JsonSerializer.Deserialize<Dictionary<string, int>>(sound.Vocabulary)!;

    private static Case Of(ModelFiles sound, string what, Dictionary<string, int> vocabulary, Expectation expected) => Text(sound, what, JsonSerializer.Serialize(vocabulary, Plain), expected);

    private static Case Text(ModelFiles sound, string what, string text, Expectation expected) => new($"vocabulary: {what}", expected, sound with { Vocabulary = Encoding.UTF8.GetBytes(text) }, null);
}
