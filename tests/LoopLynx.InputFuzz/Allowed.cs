namespace LoopLynx.InputFuzz;

/// <summary>What may come of a mutated input. A mutation says it before the input is tried.</summary>
[Flags]
public enum Allowed
{
    /// <summary>One line that refuses it.</summary>
    Refused = 1,

    /// <summary>The ids of the unchanged input, and no warning.</summary>
    Same = 2,

    /// <summary>Any ids, and a warning that holds <see cref="Expectation.Text"/>.</summary>
    Warned = 4,

    /// <summary>Other ids without a word: nothing in the files tells that they were changed. <see cref="Expectation.Text"/> says why.</summary>
    Unnoticed = 8,
}

/// <summary>What a mutation expects.</summary>
/// <param name="Allowed">What may come of it.</param>
/// <param name="Text">Part of the warning, or the reason why nothing can be noticed.</param>
public sealed record Expectation(Allowed Allowed, string Text = "")
{
    /// <summary>The input is refused.</summary>
    public static Expectation Refused { get; } = new(Allowed.Refused);

    /// <summary>The input means the same.</summary>
    public static Expectation Same { get; } = new(Allowed.Same);

    /// <summary>The input is accepted, and the user told.</summary>
    public static Expectation Warned(string part) => new(Allowed.Warned, part);

    /// <summary>The input is as good as the unchanged one: nothing tells.</summary>
    public static Expectation Unnoticed(string reason) => new(Allowed.Unnoticed | Allowed.Same, reason);

    /// <summary>Whether an outcome is one of these.</summary>
    public bool Accepts(Outcome outcome, IReadOnlyList<int> unchanged) => outcome.Kind switch
    {
        OutcomeKind.Refused => Allowed.HasFlag(Allowed.Refused) && outcome.Message.Length > 0 && !outcome.Message.Contains('\n', StringComparison.Ordinal),
        OutcomeKind.Ran => Ran(outcome, outcome.Ids.SequenceEqual(unchanged)),
        _ => false,
    };

    private bool Ran(Outcome outcome, bool same) =>
        (same && outcome.Warnings.Count == 0 && Allowed.HasFlag(Allowed.Same))
        || (Allowed.HasFlag(Allowed.Warned) && outcome.Warnings.Any(warning => warning.Contains(Text, StringComparison.Ordinal)))
        || (Allowed.HasFlag(Allowed.Unnoticed) && outcome.Warnings.Count == 0);
}
