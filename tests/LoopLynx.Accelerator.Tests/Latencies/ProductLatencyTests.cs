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
    [InlineData(1, 2)]
    [InlineData(4, 2)]
    [InlineData(32, 2)]
    public void Matrix_slice(int lanes, int rows = 1)
    {
        using var beat = new OneBeat(new MatrixSlice(lanes, rows));
        Assert.Equal(MatrixSlice.Latency(lanes, rows), beat.Set(1, "First", "Last").Pulse("Done", "Valid"));
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
        Begin(beat);
        Assert.Equal(Accelerator.Router.Latency(c), beat.Pulse("Heads_valid", "Local_valid"));
        if (c.Nodes > 1)
        {
            Assert.Equal(Accelerator.Router.ReceiveLatency(c) + Accelerator.Router.LandingLatency(c), beat.Wait().Pulse("Heads_valid", "Ring_from_valid"));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Router_from_link_to_link(int nodes)
    {
        var c = (Small.Equal with { Heads = 12, Embed = 48, FeedForward = 48, Nodes = nodes }).Validated();
        using var beat = new OneBeat(new Router(c));
        Begin(beat);
        var own = Accelerator.Router.EntryLatency(c) + Accelerator.Router.StageLatency(c) + Accelerator.Router.SendLatency;
        Assert.Equal(own, beat.Pulse("Ring_to_valid", "Local_valid"));
        var forwarded = Accelerator.Router.ReceiveLatency(c) + Accelerator.Router.ForwardLatency + Accelerator.Router.SendLatency;
        Assert.Equal(forwarded, beat.Wait().Pulse("Ring_to_valid", "Ring_from_valid"));
    }

    [Fact]
    public void A_place_gives_its_credit_back()
    {
        var c = (Small.Equal with { Nodes = 2 }).Validated();
        using var beat = new OneBeat(new Router(c));
        Begin(beat);
        Assert.Equal(Accelerator.Router.ReceiveLatency(c) + Accelerator.Router.ReturnLatency, beat.Pulse("Ring_from_credit", "Ring_from_valid"));
    }

    /// <summary>Begins a stage of one packet, until the router's registers know of it.</summary>
    private static void Begin(OneBeat beat)
    {
        beat.Set(1, "Gather", "PerNode", "Begin").Wait();
        beat.Set(0, "Begin").Wait();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Ring_link(int levels)
    {
        var c = (Small.Equal with { Nodes = 2, LinkLatency = levels }).Validated();
        using var beat = new OneBeat(new LinkBoard(c));
        Assert.Equal(RingLink.Latency(c), beat.Pulse("Taken", "Sent"));
        Assert.Equal(RingLink.Latency(c), beat.Wait(20).Pulse("Returned", "Returns"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Activation_buffer(string name)
    {
        using var beat = new OneBeat(new ActivationBuffer(LatencyMachines.Named(name)));
        Assert.Equal(ActivationBuffer.WriteLatency + ActivationBuffer.Latency, beat.Set(1, "Vector_Values").Pulse("Reader_Row", "Vector_valid"));
    }

    /// <summary>A link from one place to another.</summary>
    private sealed class LinkBoard(NodeConfiguration configuration) : Module
    {
        public readonly Signal Sent = Input(Bit);
        public readonly Signal Taken = Output(Bit);
        public readonly Signal Returns = Input(Bit);
        public readonly Signal Returned = Output(Bit);

        protected override void Build()
        {
            var places = Instances(2, _ => new Place(configuration), "place");
            new RingLink(configuration).Join(places[0].Ring, places[1].Ring, 0);
            new RingLink(configuration).Join(places[1].Ring, places[0].Ring, 1);
            foreach (var (place, i) in places.Select((place, i) => (place, i)))
            {
                place.Ring.NodeId.Drive(i);
                place.Sent.Drive(i == 0 ? Sent : Const(Bit, 0));
                place.Returns.Drive(i == 1 ? Returns : Const(Bit, 0));
            }

            Taken.Drive(places[1].Taken);
            Returned.Drive(places[0].Returned);
        }
    }

    /// <summary>A place on the ring that shows what comes and sends what it is told.</summary>
    private sealed class Place(NodeConfiguration configuration) : Module
    {
        public readonly RingPort Ring = new(configuration, "Ring");
        public readonly Signal Sent = Input(Bit);
        public readonly Signal Taken = Output(Bit);
        public readonly Signal Returns = Input(Bit);
        public readonly Signal Returned = Output(Bit);

        protected override void Build()
        {
            Ring.To.Valid.Drive(Sent);
            Ring.To.Data.Drive(0);
            Ring.From.Ready.Drive(1);
            Ring.Returns.Drive(Returns);
            Taken.Drive(Ring.From.Valid);
            Returned.Drive(Ring.Returned);
        }
    }
}
