using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>What an AXI4-Lite checker counts: for the invariants of a proof.</summary>
/// <param name="Addresses">Write addresses that wait for B.</param>
/// <param name="Data">Write data that waits for B.</param>
/// <param name="Reads">Read addresses that wait for R.</param>
public sealed record AxiLiteTraffic(Signal Addresses, Signal Data, Signal Reads);

/// <summary>The rules of AXI4-Lite as claims.</summary>
public static class AxiLiteProtocol
{
    /// <summary>
    /// Checks the bus. Both sides: VALID is 0 in the first cycle after reset; an offered beat stays, unchanged, until it is taken.
    /// Subordinate: every B belongs to an address and data that were taken before, every R to an address; no EXOKAY; never more than
    /// <paramref name="outstanding"/> requests; an answer within <paramref name="answerWithin"/> cycles.
    /// The module's own duties are asserted, the other side's assumed, unless said otherwise.
    /// </summary>
    /// <param name="bus">The bus; it is only watched.</param>
    /// <param name="manager">What to do with the manager's duties.</param>
    /// <param name="subordinate">What to do with the subordinate's duties.</param>
    /// <param name="outstanding">Most requests of each kind that wait for an answer: the size of the checker's counters.</param>
    /// <param name="answerWithin">Cycles without VALID on B or R while a request waits for it; null: no limit.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static AxiLiteTraffic CheckProtocol(
        this AxiLite bus, ProtocolClaim manager = ProtocolClaim.ByDirection, ProtocolClaim subordinate = ProtocolClaim.ByDirection,
        int outstanding = 16, int? answerWithin = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var rules = new ProtocolRules(bus.Name, bus.Side, manager, subordinate, file, line);
        var (m, s) = (BusSide.Manager, BusSide.Subordinate);
        rules.Channels(
            BusChannel.Of(m, bus.Aw, "AW"), BusChannel.Of(m, bus.W, "W"), BusChannel.Of(m, bus.Ar, "AR"),
            BusChannel.Of(s, bus.B, "B"), BusChannel.Of(s, bus.R, "R"));
        rules.RequireWhen(BusSide.Subordinate, bus.B.Valid, bus.B.Data.Response != AxiResponse.ExclusiveOkay, "BRESP isn't EXOKAY");
        rules.RequireWhen(BusSide.Subordinate, bus.R.Valid, bus.R.Data.Response != AxiResponse.ExclusiveOkay, "RRESP isn't EXOKAY");

        var addresses = rules.Pending("addresses", outstanding, bus.Aw.Fire, bus.B.Valid, bus.B.Fire, "B", "a write whose address was taken before", null);
        var data = rules.Pending("data", outstanding, bus.W.Fire, bus.B.Valid, bus.B.Fire, "B", "a write whose data was taken before", null);
        var reads = rules.Pending("reads", outstanding, bus.Ar.Fire, bus.R.Valid, bus.R.Fire, "R", "a read that was taken before", answerWithin);
        if (answerWithin is { } cycles)
        {
            rules.InTime("writes", cycles, addresses != 0 & data != 0 & !bus.B.Valid, "B");
        }

        return new AxiLiteTraffic(addresses, data, reads);
    }
}
