using System.Globalization;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Commands;

/// <summary>What the kernels' self-test has found, and the fields of its JSON object. GB/s are bytes of a cycle at the machine's clock.</summary>
/// <param name="Channels">The memory channels, node after node.</param>
/// <param name="RingCycles">Cycles that a flit takes once round the ring; null: there is one node.</param>
/// <param name="LayerCycles">Cycles of a token of the first layer, whose hidden state equals the golden model's.</param>
public sealed record SelfTestSummary(IReadOnlyList<SelfTestChannel> Channels, long? RingCycles, long LayerCycles)
{
    /// <summary>From what the kernels have said.</summary>
    /// <param name="light">The test.</param>
    /// <param name="clock">Clock of the figures.</param>
    public static SelfTestSummary Of(FirstLight light, Clock clock) => new(
        [.. light.Test.Channels.Select(t => new SelfTestChannel(t.Node, t.Channel, t.Beats, t.Errors, t.BytesPerCycle * clock.Mhz / 1000))],
        light.Test.RingCycles,
        light.LayerCycles);

    /// <summary>For a person.</summary>
    public IEnumerable<string> Lines()
    {
        var (least, most) = (Channels.Min(c => c.GBps), Channels.Max(c => c.GBps));
        var rates = string.Create(CultureInfo.InvariantCulture, $"{least:F2} to {most:F2} GB/s each, with the start");
        yield return $"self-test: {Channels.Count} channels have delivered {Channels[0].Beats} beats each as they should be, {rates}";
        if (RingCycles is { } round)
        {
            yield return $"self-test: {round} cycles once round the ring";
        }

        yield return $"self-test: the first layer's hidden state equals the golden model, {LayerCycles} cycles";
    }
}
