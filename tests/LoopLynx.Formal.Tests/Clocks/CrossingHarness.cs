using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Clocks;

/// <summary>
/// A stream that crosses from one clock to another, with numbers as payload: what comes out is the next number, always. The parts don't look at what they carry, and the numbers repeat only after
/// more beats than fit inside, so a beat that is lost, doubled, changed or out of order shows.
/// </summary>
/// <param name="depth">Depth of the FIFO; 0: a handshake.</param>
internal sealed class CrossingHarness(int depth) : Module
{
    public static readonly ClockDomain From = new("from_clk", "from_rst");
    public static readonly ClockDomain To = new("to_clk", "to_rst");

    public readonly Signal Offer = Input(Bit);
    public readonly Signal Take = Input(Bit);
    public readonly Signal Number = Output(UInt(NumberBits));

    private const int NumberBits = 3;

    protected override void Build()
    {
        Signal sent = null!, received = null!;
        Stream<Signal> there = null!;
        InDomain(From, () =>
        {
            Register(out sent, UInt(NumberBits), reset: 0, "sent");
            Wire(out var ready, Bit);
            var numbers = StreamSources.Of(Offer, sent, ready);
            there = depth > 0 ? numbers.Cross(To, depth) : numbers.CrossByHandshake(To);
            When(numbers.Fire, () => sent.Drive(sent.WrapAdd(1)));
        });
        InDomain(To, () =>
        {
            Register(out received, UInt(NumberBits), reset: 0, "received");
            there.Ready.Drive(Take);
            When(there.Fire, () => received.Drive(received.WrapAdd(1)));
            Assert(!there.Valid | there.Data == received, "the next number comes out, and it stays until it is taken");
            there.AssertStable();
            Cover(received == (1 << NumberBits) - 1, "all numbers come out");
        });
        Number.Drive(received);
    }
}
