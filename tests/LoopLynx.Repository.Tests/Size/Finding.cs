namespace LoopLynx.Repository.Tests.Size;

/// <summary>A member's value of one measure.</summary>
/// <param name="File">Path from the repository's root, with slashes.</param>
/// <param name="Member">
/// <c>Type.Member</c>; from the second member of that name on with its number, <c>Type.Member~2</c>. <c>-</c> for lines outside of members.
/// </param>
/// <param name="Measure">What is counted.</param>
/// <param name="Value">How many there are.</param>
internal sealed record Finding(string File, string Member, Measure Measure, int Value)
{
    /// <summary>Which member and measure it is, without the value.</summary>
    public string Key => $"{File} {Member} {Measure.ToString().ToLowerInvariant()}";

    /// <summary>Whether it is more than the limit.</summary>
    public bool IsViolation => Value > Limits.Of(Measure);

    /// <summary>A line of the list of exceptions.</summary>
    public override string ToString() => $"{Key} {Value}";
}
