using LoopLynx.Accelerator.Tests.Dma;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Latencies;

/// <summary>What begins and ends steps, and the way of the weight stream.</summary>
public class ControlLatencyTests
{
    public static TheoryData<string> Machines => LatencyMachines.Names;

    [Theory]
    [MemberData(nameof(Machines))]
    public void Steps(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new Scheduler(c));
        Assert.Equal(Scheduler.Latency, beat.Pulse("Begin", "Token_valid"));
        foreach (var step in c.Program.Steps.Skip(1).TakeWhile(s => s.Operation is not Product))
        {
            Assert.Equal(Scheduler.Latency, beat.Wait().Pulse("Begin", "StageDone"));
        }

        // The next step is the first product.
        Assert.Equal(Scheduler.Latency, beat.Wait().Pulse("Begin", "StageDone"));
        Assert.Equal(Scheduler.CommandLatency, beat.Until("Matrix_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Constants(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new ConstantLoader(c));
        var reads = c.Program.Constants.Reads;
        var lastSeen = ConstantLoader.StartLatency + reads.Sum(r => c.Map[r.Name].Beats * ConstantLoader.BeatCycles(r.Receiver)) - ConstantLoader.BeatCycles(reads[^1].Receiver);
        Assert.Equal(lastSeen + ConstantLoader.OfferLatency + ConstantLoader.DoneLatency, beat.Set(1, "Beats_valid").Pulse("Done", "Start"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void First_order(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new MemoryInterface(c));
        var order = MachinePorts.Channel(0)["arvalid"];
        if (c.RunAhead)
        {
            Assert.Equal(MemoryInterface.OrderLatency, beat.Pulse(order, "Start"));
            return;
        }

        beat.Set(1, "Start").Wait().Set(0, "Start").Wait(10);
        Assert.Equal(MemoryInterface.OrderLatency, beat.Set(c.Program.EachLayer.First(s => s.Reads.Count > 0).Code, "CurrentStage").Until(order));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void First_run(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new AddressProgram(c));
        var reads = c.Program.EachLayer.First(s => s.Reads.Count > 0).Code;
        if (c.RunAhead)
        {
            beat.Set(reads, "CurrentStage");
            Assert.Equal(AddressProgram.StartLatency, beat.Pulse("Runs_valid", "Start"));
            return;
        }

        beat.Set(1, "Start").Wait().Set(0, "Start").Wait(10);
        Assert.Equal(AddressProgram.StartLatency, beat.Set(reads, "CurrentStage").Until("Runs_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Row_beats(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new ReadBoard(c));
        beat.Set(c.Columns, "Runs_Beats");
        Assert.Equal(ReadEngine.OrderLatency, beat.Pulse("m_axi_arvalid", "Runs_valid"));
        beat.Wait().Set(1, "m_axi_rvalid").Wait(c.Columns - 1);
        Assert.Equal(ReadEngine.DataLatency(c), beat.Pulse("Beats_valid", "m_axi_rvalid", "m_axi_rlast"));
    }
}
