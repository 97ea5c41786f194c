using System.Globalization;

namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>The closed form beside the recorded cycles of every machine of the baseline whose FIFOs have the derived depths: others hold up what the model takes for free.</summary>
public class ModelOfRecordTests
{
    private const int Tokens = 120;

    // Model less simulation. These two have rounds so short that packets which wait for their buffers hold up the ring, which the model doesn't know.
    private static readonly Dictionary<string, long> Exceptions = new()
    {
        ["fast without transmission-hiding, 4 nodes; position 0"] = -2,
        ["fast without transmission-hiding, 4 nodes; position 4"] = -2,
        ["fast without transmission-hiding, 4 nodes; position 7"] = -2,
        ["fast without wide-write-back, 4 nodes; position 0"] = -56,
        ["fast without wide-write-back, 4 nodes; position 4"] = -56,
        ["fast without wide-write-back, 4 nodes; position 7"] = -56,
    };

    [Fact]
    public void The_closed_form_is_the_recorded_number_of_cycles_but_for_the_listed_differences()
    {
        var tokens = RecordedMachines.SimulatedTokens().ToList();
        Assert.Equal(Tokens, tokens.Count);
        var differences = (from line in tokens
                           let predicted = RecordedMachines.Predicted(line)
                           let cycles = long.Parse(line.Values.Single(v => v.Name == "cycles").Value, CultureInfo.InvariantCulture)
                           where predicted != cycles
                           select KeyValuePair.Create(line.Key, predicted - cycles)).ToList();
        Assert.Equal(
            Exceptions.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"[\"{e.Key}\"] = {e.Value},"),
            differences.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"[\"{e.Key}\"] = {e.Value},"));
    }
}
