using System.Text.Json.Serialization;
using LoopLynx.Cli.Waves;

namespace LoopLynx.Cli.Commands;

/// <summary>
/// The figures and the text of <c>run</c>, and the fields of its JSON object. Cycles are simulated clock cycles; milliseconds are those cycles at the board's
/// clock.
/// </summary>
/// <param name="Text">The generated text.</param>
/// <param name="PromptIds">Tokens of the prompt.</param>
/// <param name="Ids">Generated tokens.</param>
/// <param name="CyclesPerToken">Cycles of the step that produced each generated token, transformer blocks only.</param>
/// <param name="PromptCycles">Cycles of all prompt positions.</param>
/// <param name="MsPerToken">Mean of <paramref name="CyclesPerToken"/> in milliseconds at the board's clock.</param>
/// <param name="MatchesGolden">Whether every hidden state equals the golden model's; null when not checked.</param>
/// <param name="Nodes">Accelerator nodes.</param>
/// <param name="Engine">Simulation engine.</param>
/// <param name="Preset">Configuration.</param>
/// <param name="ClockMhz">Clock of the milliseconds.</param>
/// <param name="Basis">What the clock belongs to: <c>paper</c> or <c>card</c>.</param>
/// <param name="Memory">Memory model.</param>
/// <param name="WallSeconds">Time of the simulation on this computer.</param>
/// <param name="CyclesPerSecond">Simulated cycles in a second of it.</param>
/// <param name="StopReason">Why the text ends: <c>length</c> or <c>endOfText</c>.</param>
/// <param name="Saturations">Values that were clipped, by kind.</param>
/// <param name="Warnings">What is odd about the model or the run, a line each.</param>
/// <param name="SelfTest">What the kernels' self-test has found, if one was asked for.</param>
/// <param name="Wave">The wave file, if one was asked for.</param>
public sealed record RunSummary(
    string Text, IReadOnlyList<int> PromptIds, IReadOnlyList<int> Ids, IReadOnlyList<long> CyclesPerToken, long PromptCycles, double MsPerToken,
    bool? MatchesGolden, int Nodes, string Engine, string Preset, double ClockMhz, string Basis, string Memory, double WallSeconds, double CyclesPerSecond,
    string StopReason, object Saturations, IReadOnlyList<string> Warnings, SelfTestSummary? SelfTest, WaveSummary? Wave)
{
    /// <summary>Whether the card's kernels were simulated.</summary>
    [JsonIgnore]
    public bool AsKernels { get; init; }

    /// <summary>What a token's cycles are, and who has counted them.</summary>
    [JsonIgnore]
    public string Scope => Engine == CardEngine.Name ? "counted by the card, blocks with the kernel's start"
        : AsKernels ? "one start of the kernel, simulated" : "blocks only, simulated";
}
