namespace LoopLynx.InputFuzz.Mutations;

/// <summary>A choice among some.</summary>
internal static class Choice
{
    /// <summary>One of them.</summary>
    public static T Of<T>(this Random random, IReadOnlyList<T> some) => some[random.Next(some.Count)];
}
