using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Latencies;

/// <summary>A vector through the residual and the norm.</summary>
public class NormLatencyTests
{
    public static TheoryData<string> Machines => LatencyMachines.Names;

    [Theory]
    [MemberData(nameof(Machines))]
    public void Residual(string name)
    {
        var c = LatencyMachines.Named(name);
        var rows = ResidualStore.RowCount(c);
        using var beat = new OneBeat(new ResidualStore(c));
        beat.Set(1, "Embedding_valid").Wait(rows - 1);
        Assert.Equal(ResidualStore.LoadLatency(c), beat.Pulse("Updated", "Embedding_valid"));
        beat.Wait();
        for (var row = 0; row < rows - 1; row++)
        {
            beat.Set(row, "Delta_Index").Set(1, "Delta_valid").Wait();
        }

        beat.Set(rows - 1, "Delta_Index");
        Assert.Equal(ResidualStore.AddLatency(c), beat.Pulse("Updated", "Delta_valid"));
        Assert.Equal(ResidualStore.SumLatency(c), beat.Wait().Pulse("Summed", "StartSums"));
        Assert.Equal(ResidualStore.SweepLatency, beat.Wait().Pulse("Rows_valid", "StartSweep"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Statistics(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new NormStatistics(c));
        Assert.Equal(NormStatistics.Latency(c), beat.Set(1, "Epsilon").Pulse("Done", "Start"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Normaliser(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new Normaliser(c));
        Assert.Equal(Accelerator.Normaliser.Latency(c), beat.Pulse("Output_valid", "Rows_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Parameters(string name)
    {
        using var beat = new OneBeat(new NormParameters(LatencyMachines.Named(name)));
        beat.Set(1, "Slot", "Norm_data", "Norm_valid").Wait().Set(0, "Norm_valid").Wait(2 * NormParameters.SlotLatency);
        Assert.Equal(NormParameters.SlotLatency, beat.Set(0, "Slot").Until("Gamma"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Kernel(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new LayerNormKernel(c));
        beat.Set(1, "Scalars_valid", "Scalars_data").Wait(20).Set(0, "Scalars_valid");
        Assert.Equal(LayerNormKernel.Latency(c), beat.Pulse("Normalised_valid", "StartNormalise"));
    }
}
