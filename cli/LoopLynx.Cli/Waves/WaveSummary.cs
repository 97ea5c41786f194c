using System.Globalization;

namespace LoopLynx.Cli.Waves;

/// <summary>What a wave file holds.</summary>
/// <param name="File">Its path.</param>
/// <param name="FirstCycle">First cycle, since reset.</param>
/// <param name="LastCycle">Last cycle.</param>
/// <param name="Bytes">Size.</param>
/// <param name="EstimatedBytes">What was estimated beforehand for the whole window.</param>
/// <param name="DroppedOldest">Whether older cycles went, to keep the limit.</param>
public sealed record WaveSummary(string File, long FirstCycle, long LastCycle, long Bytes, long EstimatedBytes, bool DroppedOldest)
{
    /// <summary>For a person.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"wave: {File} holds cycles {FirstCycle} to {LastCycle} ({Bytes / 1e6:F1} MB"
            + $"{(DroppedOldest ? "; older ones were dropped to keep --wave-limit" : "")})");
}
