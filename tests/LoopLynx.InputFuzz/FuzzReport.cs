using System.Text;

namespace LoopLynx.InputFuzz;

/// <summary>All verdicts of a run.</summary>
/// <param name="Verdicts">By number.</param>
public sealed record FuzzReport(IReadOnlyList<Verdict> Verdicts)
{
    private const int Shown = 20;

    /// <summary>Cases that didn't end as declared.</summary>
    public IReadOnlyList<Verdict> Failures => [.. Verdicts.Where(verdict => !verdict.IsExpected)];

    /// <summary>Cases of a kind.</summary>
    public int Count(OutcomeKind kind) => Verdicts.Count(verdict => verdict.Kind == kind);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Verdicts.Count} cases: {Count(OutcomeKind.Refused)} refused, {Count(OutcomeKind.Ran)} ran, {Count(OutcomeKind.Crashed)} crashes, {Count(OutcomeKind.Hung)} hangs, {Count(OutcomeKind.LeftFiles)} leftovers; {Failures.Count} not as declared");
        foreach (var failure in Failures.Take(Shown))
        {
            text.AppendLine($"  {failure}");
        }

        text.AppendLine("accepted with other ids and without a word:");
        foreach (var group in Verdicts.Where(verdict => verdict.Unnoticed is not null).GroupBy(verdict => verdict.Unnoticed).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"  {group.Count()} cases, for example {group.First().Name}: {group.Key}");
        }

        return text.ToString();
    }
}
