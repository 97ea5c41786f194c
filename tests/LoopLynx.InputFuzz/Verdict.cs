using System.Text.Json;

namespace LoopLynx.InputFuzz;

/// <summary>A case that was tried.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">What was mutated.</param>
/// <param name="Kind">How it ended.</param>
/// <param name="Message">What was said.</param>
/// <param name="IsExpected">Whether that is what the mutation had declared.</param>
/// <param name="Unnoticed">Why it was accepted with other ids and without a word; null: it wasn't.</param>
public sealed record Verdict(int Number, string Name, OutcomeKind Kind, string Message, bool IsExpected, string? Unnoticed)
{
    /// <summary>The verdict on an outcome.</summary>
    public static Verdict Of(int number, Case one, Outcome outcome, IReadOnlyList<int> unchanged)
    {
        var said = outcome.Kind == OutcomeKind.Ran ? $"ids {string.Join(' ', outcome.Ids)}; {string.Join("; ", outcome.Warnings)}" : outcome.Message;
        var silent = outcome is { Kind: OutcomeKind.Ran, Warnings.Count: 0 } && one.Files is not null && !outcome.Ids.SequenceEqual(unchanged);
        return new Verdict(number, one.Name, outcome.Kind, said, one.Expected.Accepts(outcome, unchanged), silent ? one.Expected.Text : null);
    }

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>The inverse of <see cref="ToJson"/>.</summary>
    public static Verdict FromJson(string line) => JsonSerializer.Deserialize<Verdict>(line)!;

    /// <inheritdoc/>
    public override string ToString() => $"case {Number}, {Name}: {Kind}: {Message.Split('\n')[0]}";
}
