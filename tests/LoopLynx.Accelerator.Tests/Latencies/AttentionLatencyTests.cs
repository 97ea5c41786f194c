using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Latencies;

/// <summary>A beat through the parts of attention, and the first position through all of it.</summary>
public class AttentionLatencyTests
{
    public static TheoryData<string> Machines => LatencyMachines.Names;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Exponential(int lanes)
    {
        using var beat = new OneBeat(new ExponentialUnit(lanes, distanceBits: 23));
        Assert.Equal(ExponentialUnit.Latency(23), beat.Pulse("Output_valid", "Input_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Sequencer(string name)
    {
        using var beat = new OneBeat(new HeadSequencer(LatencyMachines.Named(name), HeadPhases.Both));
        Assert.Equal(HeadSequencer.StartLatency, beat.Pulse("Steps_valid", "Start"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Scores(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new ScoreUnit(c));
        beat.Set(1, "First", "Last", "End");
        Assert.Equal(ScoreUnit.RowLatency(c), beat.Pulse("Scores_Valid", "Valid"));
        Assert.Equal(ScoreUnit.Latency(c), beat.Wait(ScoreUnit.Latency(c) + 1).Pulse("Scores_HeadDone", "Valid"));
    }

    [Theory]
    [InlineData("compact")]
    [InlineData("WideShared")]
    public void Shared_multipliers(string name)
    {
        var c = LatencyMachines.Named(name);
        using var keys = new OneBeat(new AttentionArray(c));
        Assert.Equal(AttentionArray.ScoreLatency(c), keys.Set(1, "Query").Wait().Pulse("Scores", "Row"));
        using var values = new OneBeat(new AttentionArray(c));
        Assert.Equal(AttentionArray.MixLatency(c), values.Set(1, "Probabilities", "IsValue").Wait().Pulse("Mixed", "Row"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Softmax(string name)
    {
        var c = LatencyMachines.Named(name);
        foreach (var position in new[] { 0, 1, c.Context / 2, c.Context - 1 })
        {
            using var beat = new OneBeat(new SoftmaxUnit(c));
            var rows = ((position + c.PositionsPerRow - 1) / c.PositionsPerRow) + 1;
            beat.Set(position, "Position");
            Assert.Equal(SoftmaxUnit.Latency(c, rows), beat.Pulse("Results_Ready", "Scores_HeadDone"));

            // The next head's scores are complete with this one's: its pass begins when this one's rows have been read.
            using var next = new OneBeat(new SoftmaxUnit(c));
            next.Set(position, "Position").Set(1, "Scores_HeadDone").Wait(2).Set(0, "Scores_HeadDone");
            Assert.Equal(SoftmaxUnit.BeginLatency + SoftmaxUnit.ReadingLatency(rows) - 2, next.Until("ScoresRead"));
            Assert.Equal(SoftmaxUnit.NextLatency + SoftmaxUnit.ReadingLatency(rows), 1 + next.Wait().Until("ScoresRead"));
        }
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Mixing(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new MixUnit(c));
        Assert.Equal(MixUnit.Latency(c), beat.Set(1, "First", "Last").Pulse("Mixed_valid", "Valid"));
        using var whole = new OneBeat(new MixUnit(c));
        Assert.Equal(MixUnit.SumLatency(c) + MixUnit.Packets(c) - 1 + MixUnit.FreeLatency, whole.Set(1, "First", "Last").Pulse("Freed", "Valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Context_scaler(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new ContextScaler(c));
        Assert.Equal(ContextScaler.Latency(c), beat.Pulse("Context_valid", "Mixed_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Head_buffer(string name)
    {
        using var beat = new OneBeat(new HeadBuffer(LatencyMachines.Named(name)));
        Assert.Equal(HeadBuffer.WriteLatency + HeadBuffer.Latency, beat.Set(1, "Results_data").Pulse("Key_Row", "Results_valid"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Kernel(string name)
    {
        // At position 0 all rows come from the chip.
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new AttentionKernel(c));
        var lastKey = HeadSequencer.StartLatency + AttentionKernel.IssueLatency + c.RowsPerPosition - 1;
        var firstValue = lastKey + AttentionKernel.ScoreLatency(c) + SoftmaxUnit.Latency(c, rows: 1) + AttentionKernel.IssueLatency;
        Assert.Equal(firstValue + AttentionKernel.MixLatency(c) + AttentionKernel.ContextLatency(c), beat.Pulse("Context_valid", "Start"));
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Writer_of_the_cache(string name)
    {
        var c = LatencyMachines.Named(name);
        using var beat = new OneBeat(new WriterBoard(c));
        var rows = 2 * c.NodeHeads * c.RowsPerPosition;
        Assert.Equal(KvWriter.Latency(c, 0), beat.Pulse("Written", "Start"));
        using var all = new OneBeat(new WriterBoard(c));
        Assert.Equal(KvWriter.Latency(c, rows - 1) + KvWriter.IdleLatency, all.Set(1, "Start").Wait().Set(0, "Start").Until("Idle") + 1);
    }

    /// <summary>The writer with a channel's engine behind it; a row is written when the engine has taken it.</summary>
    private sealed class WriterBoard(NodeConfiguration configuration) : Module
    {
        public readonly Signal Start = Input(Bit);
        public readonly Signal Written = Output(Bit);
        public readonly Signal Idle = Output(Bit);

        protected override void Build()
        {
            var c = configuration;
            Instance(out var writer, new KvWriter(c));
            Instance(out var engine, new WriteEngine(c));
            writer.StartToken.Drive(0);
            writer.StartLayer.Drive(Start);
            writer.Position.Drive(0);
            writer.Row.Drive(Const(writer.Row.Type, 0));
            Signal OfChannel(Signal bytes) => bytes.LaneSlice(0, c.SliceLanes);
            engine.Requests.Drive(writer.Writes.Map(w => new KvWrite(w.Address, OfChannel(w.Data), OfChannel(w.Strobe))));
            var bus = engine.MAxi;
            bus.Aw.Ready.Drive(1);
            bus.W.Ready.Drive(1);
            bus.B.Valid.Drive(bus.Aw.Valid.RegisteredReset(0));
            bus.B.Data.Response.Drive(AxiResponse.Okay);
            Written.Drive(engine.Requests.Fire);
            Idle.Drive(!writer.Busy);
        }
    }
}
