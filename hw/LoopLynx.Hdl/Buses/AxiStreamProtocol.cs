using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>The rules of AXI4-Stream as claims.</summary>
public static class AxiStreamProtocol
{
    /// <summary>
    /// Checks the stream: TVALID is 0 in the first cycle after reset; an offered beat stays, unchanged, until TREADY; TSTRB is 0 where TKEEP is 0.
    /// All are the manager's duties: asserted on a stream that the module sends, assumed on one that it receives, unless <paramref name="manager"/> says otherwise.
    /// </summary>
    /// <param name="stream">The stream; latency 0, it is only watched.</param>
    /// <param name="manager">What to do with the manager's duties.</param>
    /// <param name="packetBeats">Most beats of a packet, or null.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    /// <returns>The stream itself.</returns>
    public static AxiStream CheckProtocol(this AxiStream stream, ProtocolClaim manager = ProtocolClaim.ByDirection, int? packetBeats = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var rules = new ProtocolRules(stream.Name, stream.Side, manager, ProtocolClaim.None, file, line);
        rules.Channels(BusChannel.Of(BusSide.Manager, stream, "T"));
        if (stream.Format.HasStrobe && stream.Format.HasKeep)
        {
            rules.RequireWhen(BusSide.Manager, stream.Valid, (~stream.Data.Strobe | stream.Data.Keep).AllLanes(), "TSTRB is 0 where TKEEP is 0");
        }

        if (packetBeats is { } most)
        {
            var beat = rules.Counter(most, "beat");
            rules.RequireWhen(BusSide.Manager, stream.Valid, beat < most - 1 | stream.Data.Last, $"a packet has at most {most} beats");
            beat.Drive(Hardware.Mux(stream.Fire, Hardware.Mux(stream.Data.Last, 0, beat.WrapAdd(1)), beat), file, line);
        }

        return stream;
    }
}
