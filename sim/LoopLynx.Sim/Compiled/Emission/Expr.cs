namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>A C# expression of one lane; bits may be known as a bool, which saves turning it into an integer and back.</summary>
internal readonly record struct Expr(string? Number, string? Bool)
{
    public static Expr Of(string number) => new(number, null);

    public static Expr Test(string condition) => new(null, condition);

    /// <summary>As an integer of the value's <see cref="ScalarType"/>.</summary>
    public string Text => Number ?? $"({Bool} ? 1u : 0u)";

    /// <summary>As a bool.</summary>
    public string Condition => Bool ?? $"({Number} != 0)";

    public int Length => (Number ?? Bool)!.Length;
}
