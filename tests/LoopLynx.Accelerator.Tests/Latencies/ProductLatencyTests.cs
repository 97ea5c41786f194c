using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Latencies;

/// <summary>A beat through the kernels of products and of their results.</summary>
public class ProductLatencyTests
{
    public static TheoryData<string> Machines => LatencyMachines.Names;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    public void Matrix_slice(int lanes)
    {
        using var beat = new OneBeat(new MatrixSlice(lanes));
        Assert.Equal(MatrixSlice.Latency(lanes), beat.Set(1, "First", "Last").Pulse("Done", "Valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Matrix_processor(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new MatrixProcessor(c));
        Assert.Equal(MatrixProcessor.StartLatency, beat.Pulse("Beats_ready", "Command_valid"));

        // The group's constants, then a row of one beat.
        beat.Set(1, "Beats_valid").Wait(c.ConstantBeats);
        Assert.Equal(MatrixProcessor.Latency(c), beat.Pulse("Rows_valid", "Beats_valid"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Requantiser(int lanes)
    {
        using var beat = new OneBeat(new RequantiseUnit(lanes, NumericPlan.Int8, accumulatorBits: 32));
        Assert.Equal(RequantiseUnit.Latency(NumericPlan.Int8, accumulatorBits: 32), beat.Pulse("Output_valid", "Input_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Gelu(string name)
    {
        using var beat = new OneBeat(new GeluUnit(LatencyMachines.Named(name)));
        Assert.Equal(GeluUnit.Latency, beat.Pulse("Output_valid", "Input_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Router(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new Router(c));
        beat.Set(1, "Gather", "PerNode");
        Assert.Equal(Accelerator.Router.Latency(c), beat.Pulse("Heads_valid", "Local_valid"));
        if (c.Nodes > 1)
        {
            Assert.Equal(Accelerator.Router.LandingLatency(c), beat.Wait().Pulse("Heads_valid", "Ring_from_valid"));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Router_from_link_to_link(int nodes)
    {
        var c = (Small.Equal with { Heads = 12, Embed = 48, FeedForward = 48, Nodes = nodes }).Validated();
        using var beat = new OneBeat(new Router(c));
        beat.Set(1, "Gather", "PerNode");
        Assert.Equal(Accelerator.Router.StageLatency(c), beat.Pulse("Ring_to_valid", "Local_valid"));
        Assert.Equal(Accelerator.Router.ForwardLatency, beat.Wait().Pulse("Ring_to_valid", "Ring_from_valid"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Ring_link(int levels)
    {
        var c = (Small.Equal with { Nodes = 2, LinkLatency = levels }).Validated();
        using var beat = new OneBeat(new LinkBoard(c));
        Assert.Equal(RingLink.Latency(c), beat.Pulse("To_valid", "From_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Activation_buffer(string name)
    {
        using var beat = new OneBeat(new ActivationBuffer(LatencyMachines.Named(name)));
        Assert.Equal(ActivationBuffer.WriteLatency + ActivationBuffer.Latency, beat.Set(1, "Vector_Values").Pulse("Reader_Row", "Vector_valid"));
    }

    /// <summary>A link on its own.</summary>
    private sealed class LinkBoard(NodeConfiguration configuration) : Module
    {
        public readonly StreamIn<Signal> From = In(UInt(8));
        public readonly StreamOut<Signal> To = Out(UInt(8));

        protected override void Build() => To.Drive(new RingLink(configuration).Carry(From, 0));
    }
}
