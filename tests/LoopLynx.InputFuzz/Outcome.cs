namespace LoopLynx.InputFuzz;

/// <summary>How a case ended.</summary>
public enum OutcomeKind
{
    /// <summary>By an exception of the closed list.</summary>
    Refused,

    /// <summary>With ids.</summary>
    Ran,

    /// <summary>By any other exception, or the end of the process.</summary>
    Crashed,

    /// <summary>Not within the time.</summary>
    Hung,

    /// <summary>It left files behind.</summary>
    LeftFiles,
}

/// <summary>How a case ended, and what was said.</summary>
/// <param name="Kind">How.</param>
/// <param name="Message">The refusal or the exception.</param>
/// <param name="Ids">What it generated.</param>
/// <param name="Warnings">What was said beside it.</param>
public sealed record Outcome(OutcomeKind Kind, string Message, IReadOnlyList<int> Ids, IReadOnlyList<string> Warnings)
{
    /// <summary>An outcome without ids.</summary>
    public static Outcome Of(OutcomeKind kind, string message) => new(kind, message, [], []);
}
