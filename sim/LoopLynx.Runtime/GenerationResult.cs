using LoopLynx.Host;

namespace LoopLynx.Runtime;

/// <summary>What a generation produced.</summary>
/// <param name="Ids">Generated tokens.</param>
/// <param name="CyclesPerToken">For each, the cycles of the step that produced it.</param>
/// <param name="PromptCycles">Cycles of all prompt positions together.</param>
/// <param name="MatchesGolden">Whether every hidden state equals the golden model's; null when not checked.</param>
/// <param name="FirstDifference">Where the first difference is, in words; null without one.</param>
/// <param name="StopReason">Why it ended: <c>length</c> or <c>endOfText</c>.</param>
/// <param name="Saturations">Values that the golden model clipped on the same tokens.</param>
public sealed record GenerationResult(
    IReadOnlyList<int> Ids, IReadOnlyList<long> CyclesPerToken, long PromptCycles, bool? MatchesGolden, string? FirstDifference, string StopReason, SaturationCounters Saturations);
