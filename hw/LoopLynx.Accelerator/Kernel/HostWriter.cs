namespace LoopLynx.Accelerator;

/// <summary>
/// Joins the token's beats and the report's on their way to the host's buffers, each a burst of one beat: one of them writes at a time, and which one is known
/// beforehand.
/// </summary>
/// <remarks>Latency: <see cref="StreamStages.IsolateLatency"/>, full rate; no combinational path.</remarks>
public sealed class HostWriter(NodeConfiguration configuration) : Module
{
    // Words that one copy of the choice selects.
    private const int PieceWords = 4;

    private const int DataDepth = 2;

    /// <summary>The report's beats.</summary>
    public readonly StreamIn<HostWrite> Report = In<HostWrite>(HostWrite.Types(configuration));

    /// <summary>The token's beats.</summary>
    public readonly StreamIn<HostWrite> Token = In<HostWrite>(HostWrite.Types(configuration));

    /// <summary>From the next cycle on the report's beats are taken, else the token's.</summary>
    public readonly Signal IsReporting = Input(Bit);

    /// <summary>Address of a beat.</summary>
    public readonly StreamOut<Signal> Address = Out(UInt(MemoryPort.AddressBits));

    /// <summary>Its words.</summary>
    public readonly StreamOut<Signal> Data = Out(HostWrite.Words(configuration));

    /// <inheritdoc/>
    public override string Summary => "token and report on their way to the host's buffers";

    /// <inheritdoc/>
    protected override void Build()
    {
        var lanes = configuration.PacketLanes;
        var pieces = (lanes + PieceWords - 1) / PieceWords;
        var copies = IsReporting.Copies(2 + pieces, reset: 0, name: "reporting");
        Wire(out var taken, Bit);
        Report.Ready.Drive(taken & copies[0]);
        Token.Ready.Drive(taken & !copies[0]);
        Signal Piece(int i)
        {
            var (first, count) = (i * PieceWords, Math.Min(PieceWords, lanes - (i * PieceWords)));
            return Mux(copies[2 + i], Report.Data.Data.LaneSlice(first, count), Token.Data.Data.LaneSlice(first, count));
        }

        var address = Mux(copies[1], Report.Data.Address, Token.Data.Address);
        var words = SignalLanes.JoinLanes([.. Enumerable.Range(0, pieces).Select(Piece)]);
        var chosen = StreamSources.Of(Mux(copies[0], Report.Valid, Token.Valid), new HostWrite(address, words), taken);
        var ways = chosen.Skid("chosen", isFar: true).Fork(2, "way");
        Address.Drive(ways[0].Map(w => w.Address).Isolate("address", isFar: true));
        Data.Drive(ways[1].Map(w => w.Data).Fifo(DataDepth, name: "data", lateValid: true));
    }
}
