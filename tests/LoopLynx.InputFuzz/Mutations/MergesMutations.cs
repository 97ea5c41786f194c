using System.Text;

namespace LoopLynx.InputFuzz.Mutations;

/// <summary>Changes of <c>merges.txt</c>.</summary>
public static class MergesMutations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Func<Random, ModelFiles, Case>> All { get; } = [Dropped, Empty, Reversed, Unknown, NoPair, NotUtf8, Noise, Harmless];

    private static Case Dropped(Random random, ModelFiles sound)
    {
        var lines = Lines(sound);
        lines.RemoveAt(random.Next(1, lines.Count));
        return Of(sound, "a rule less", lines, Expectation.Warned("the tokenizer may not fit the model"));
    }

    private static Case Empty(Random random, ModelFiles sound) => Of(sound, "none", [], Expectation.Warned("the tokenizer may not fit the model"));

    private static Case Reversed(Random random, ModelFiles sound) => Of(sound, "in reverse order", [.. Lines(sound).AsEnumerable().Reverse()], new Expectation(Allowed.Refused | Allowed.Warned, "the tokenizer may not fit the model"));

    private static Case Unknown(Random random, ModelFiles sound) => Of(sound, "of tokens that aren't there", [.. Lines(sound), random.Of(["q q", "th x", "\u20ac \u20ac"])], Expectation.Refused);

    private static Case NoPair(Random random, ModelFiles sound) => Of(sound, "a line that is no pair", [.. Lines(sound), random.Of(["the", "t h e", " t", "t ", " ", "t  h"])], Expectation.Refused);

    private static Case NotUtf8(Random random, ModelFiles sound)
    {
        var at = random.Next(sound.Merges.Length);
        return new Case($"merges with byte 0xFF at {at}", Expectation.Refused, sound with { Merges = [.. sound.Merges[..at], 0xFF, .. sound.Merges[at..]] }, null);
    }

    private static Case Noise(Random random, ModelFiles sound)
    {
        var bytes = new byte[random.Next(4, 200)];
        random.NextBytes(bytes);
        return new Case($"merges of {bytes.Length} random bytes", Expectation.Refused, sound with { Merges = bytes }, null);
    }

    private static Case Harmless(Random random, ModelFiles sound) => random.Next(3) switch
    {
        0 => Of(sound, "with Windows' line ends", [string.Join("\r\n", Lines(sound)) + "\r"], Expectation.Same),
        1 => Of(sound, "without the version", [.. Lines(sound).Skip(1)], Expectation.Same),
        _ => new Case("merges with a byte order mark", Expectation.Same, sound with { Merges = [0xEF, 0xBB, 0xBF, .. sound.Merges] }, null),
    };

    private static List<string> Lines(ModelFiles sound) => [.. Encoding.UTF8.GetString(sound.Merges).TrimEnd().Split('\n')];

    private static Case Of(ModelFiles sound, string what, IReadOnlyList<string> lines, Expectation expected) =>
        new($"merges: {what}", expected, sound with { Merges = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n") }, null);
}
