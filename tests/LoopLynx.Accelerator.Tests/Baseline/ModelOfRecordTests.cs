using System.Globalization;

namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>The closed form beside the recorded cycles of every machine of the baseline whose FIFOs have the derived depths: others hold up what the model takes for free.</summary>
public class ModelOfRecordTests
{
    private const int Tokens = 129;

    [Fact]
    public void The_closed_form_is_the_recorded_number_of_cycles()
    {
        var tokens = RecordedMachines.SimulatedTokens().ToList();
        Assert.Equal(Tokens, tokens.Count);
        var differences = (from line in tokens
                           let predicted = RecordedMachines.Predicted(line)
                           let cycles = long.Parse(line.Values.Single(v => v.Name == "cycles").Value, CultureInfo.InvariantCulture)
                           where predicted != cycles
                           select $"{line.Key}: {predicted} by the model, {cycles} recorded").ToList();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
