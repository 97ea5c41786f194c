using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Synthesis.Tests.Machines;

/// <summary>
/// The parts of a machine to come, with activations of two bytes and two columns of tokens: an activation buffer per column, a tree of copies that takes a row
/// to the channels, a weight of one byte times an activation of two, a partial sum per column, and the ring's router with its flits. The node itself doesn't
/// have such a plan yet; its parts take bytes and columns from the configuration.
/// </summary>
/// <remarks>Beats come once per column: first column 0, then column 1, with the same weights. A row of weights is <see cref="RowBeats"/> beats of each column.</remarks>
internal sealed class TwoColumnMachine : Module
{
    /// <summary>Columns of tokens that share the weights.</summary>
    public const int Columns = 2;

    /// <summary>Beats of a row of weights.</summary>
    public const int RowBeats = 4;

    /// <summary>One layer for two nodes, 2 channels of 4 lanes, activations of 16 bits.</summary>
    public static readonly NodeConfiguration Configuration = new NodeConfiguration(Layers: 1, Heads: 2, Embed: 16, FeedForward: 16, Context: 8, Channels: 2, Lanes: 4)
    {
        Nodes = 2,
        Plan = NumericPlan.Int8 with { ByteBits = 16, Activation = new(16, Symmetric: true), Bias = new(40) },
    };

    /// <summary>New activations of each column, a packet at a time.</summary>
    public readonly StreamIn<ActivationWrite>[] Writes = [.. Enumerable.Range(0, Columns).Select(i => In(ActivationWrite.Shape(Configuration), $"Writes{i}"))];

    /// <summary>A beat of weights is present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>The row of activations that the beat needs.</summary>
    public readonly Signal Row = Input(ActivationBuffer.Port(Configuration).Address.Type);

    /// <summary>One byte per lane, channel after channel.</summary>
    public readonly Signal Weights = Input(SInt(8).Lanes(Configuration.Channels * Configuration.SliceLanes));

    /// <summary>First cycle of a stage.</summary>
    public readonly Signal Begin = Input(Bit);

    /// <summary>Sums in the order of the beats, a packet with one of each channel.</summary>
    public readonly StreamOut<ResultPacket> Results = Out<ResultPacket>(ResultPacket.Types(Configuration));

    /// <summary>The node's place on the ring.</summary>
    public readonly RingPort Ring = new(Configuration, "Ring");

    protected override void Build()
    {
        var c = Configuration;
        var buffers = Instances(Columns, _ => new ActivationBuffer(c), "column");
        Counter(out var turn, Columns);
        When(Valid, () => turn.Step());
        foreach (var (buffer, i) in buffers.Select((b, i) => (b, i)))
        {
            buffer.FirstRow.Drive(0);
            buffer.Vector.Drive(Writes[i]);
            buffer.Hidden.Drive(StreamSources.Of(Const(Bit, 0), new ActivationWrite(Const(buffer.Hidden.Data.Index.Type, 0), Const(buffer.Hidden.Data.Values.Type, 0)), Wire(out _, Bit)));
            buffer.Reader.Address.Drive(Row.Registered(name: $"row{i}"));
        }

        // The row comes from its column's buffer, and goes to the channels through copies of a register.
        const int Ahead = 1 + ActivationBuffer.Latency;
        var column = turn.Value.Delayed(Ahead);
        var rows = Mux(column, buffers[1].Reader.Row, buffers[0].Reader.Row).Copies(c.Channels, name: "broadcast");
        var channels = Instances(c.Channels, _ => new TwoColumnChannel(c), "channel");
        var weights = Weights.Delayed(Ahead + RegisterCopies.CopyLatency);
        for (var i = 0; i < c.Channels; i++)
        {
            channels[i].Valid.Drive(Valid.DelayedReset(Ahead + RegisterCopies.CopyLatency));
            channels[i].Activations.Drive(rows[i]);
            channels[i].Weights.Drive(weights.LaneSlice(i * c.SliceLanes, c.SliceLanes));
        }

        Route(channels);
    }

    /// <summary>The channels' sums as packets of the ring's router.</summary>
    private void Route(TwoColumnChannel[] channels)
    {
        var c = Configuration;
        Instance(out var router, new Router(c));
        Wire(out var ready, Bit);
        var values = SignalLanes.JoinLanes([.. channels.Select(ch => ch.Sum)]).Resize(c.Types.Result.Width);
        router.Local.Drive(StreamSources.Of(channels[0].Done, values, ready));
        Assert(!channels[0].Done | ready, "who sends beats takes the results as fast");
        router.Begin.Drive(Begin);
        router.Gather.Drive(0);
        router.PerNode.Drive(c.Embed / c.Nodes / c.PacketLanes);
        router.Place.Drive((int)ResultPlace.Vector);
        router.Ring!.NodeId.Drive(Ring.NodeId);
        router.Ring.From.Drive(Ring.From);
        Ring.To.Drive(router.Ring.To);
        Ring.Returns.Drive(router.Ring.Returns);
        router.Ring.Returned.Drive(Ring.Returned);
        foreach (var (port, place) in router.Buffers.Select((port, i) => (port, i)))
        {
            if (place == (int)ResultPlace.Vector)
            {
                Results.Drive(port);
            }
            else
            {
                port.Ready.Drive(1);
            }
        }
    }
}
