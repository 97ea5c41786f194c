using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Buses;

/// <summary>A register file behind registers, beside a plain model of it. The manager makes one request at a time; a checker watches the port.</summary>
/// <param name="addressBits">Bits of an address: 4 for one block of words, 6 for two.</param>
internal sealed class IsolatedRegistersHarness(int addressBits) : Module
{
    private const int LastWord = 9;

    /// <summary>Where the manager's side comes in.</summary>
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits);

    /// <summary>What the read-only register shows; it doesn't change.</summary>
    public readonly Signal Status = Input(UInt(3));

    private bool HasLast => 4 * LastWord < 1 << addressBits;

    /// <inheritdoc/>
    protected override void Build()
    {
        var registers = SAxi.Registers(isolated: true);
        registers.ReadWrite(out var value, 0x4, UInt(10), reset: 3);
        registers.ReadOnly(0x8, Status);
        if (HasLast)
        {
            registers.ReadOnly(4 * LastWord, value.Slice(2, 8), "last");
        }

        SAxi.CheckProtocol(outstanding: 2, answerWithin: 6);
        Register(out var begun, Bit, reset: 0);
        begun.Drive(1);
        Assume(!begun | Status == Status.Registered(name: "statusBefore"), "the status stays");
        var writes = Writes(out var model);
        Reads(writes, model);
    }

    /// <summary>A write is under way; the model has it as soon as both of its halves have come.</summary>
    private Signal Writes(out Signal model)
    {
        Register(out var named, Bit, reset: 0);
        Register(out var given, Bit, reset: 0);
        Register(out var address, SAxi.Aw.Data.Address.Type);
        Register(out var data, UInt(10));
        Register(out var strobe, Bit.Lanes(4));
        Register(out var kept, UInt(10), reset: 3);
        Assume(!SAxi.Aw.Valid | !named, "one address at a time");
        Assume(!SAxi.W.Valid | !given, "one beat at a time");
        When(SAxi.Aw.Fire, () =>
        {
            named.Drive(1);
            address.Drive(SAxi.Aw.Data.Address);
        });
        When(SAxi.W.Fire, () =>
        {
            given.Drive(1);
            data.Drive(SAxi.W.Data.Data.Truncate(10));
            strobe.Drive(SAxi.W.Data.Strobe);
        });
        When(SAxi.B.Fire, () =>
        {
            named.Drive(0);
            given.Drive(0);
        });
        When(named & given & Word(address) == 1, () => kept.Drive(Cat(
            Mux(strobe.Lane(1), data.Slice(8, 2), kept.Slice(8, 2)), Mux(strobe.Lane(0), data.Slice(0, 8), kept.Slice(0, 8)))));
        var known = Word(address) == 1 | Word(address) == 2 | (HasLast ? Word(address) == LastWord : Const(Bit, 0));
        var refused = Mux(known, Const(UInt(2), (int)AxiResponse.SubordinateError), Const(UInt(2), (int)AxiResponse.DecodeError));
        Assert(!SAxi.B.Valid | SAxi.B.Data.Response == Mux(Word(address) == 1, Const(UInt(2), (int)AxiResponse.Okay), refused), "a write is answered by its address");
        model = kept;
        return named | given | SAxi.Aw.Valid | SAxi.W.Valid;
    }

    private void Reads(Signal writes, Signal model)
    {
        Register(out var reads, Bit, reset: 0);
        Register(out var from, SAxi.Ar.Data.Address.Type);
        Assume(!SAxi.Ar.Valid | !reads, "one read at a time");
        Assume(!writes | (!SAxi.Ar.Valid & !reads), "no write while a read is under way");
        When(SAxi.Ar.Fire, () =>
        {
            reads.Drive(1);
            from.Drive(SAxi.Ar.Data.Address);
        }).ElseWhen(SAxi.R.Fire, () => reads.Drive(0));
        var last = HasLast ? Word(from) == LastWord : Const(Bit, 0);
        var shown = Mux(Word(from) == 1, model, Mux(Word(from) == 2, Status, Mux(last, model.Slice(2, 8), 0)));
        var known = Word(from) == 1 | Word(from) == 2 | last;
        var answer = Mux(known, Const(UInt(2), (int)AxiResponse.Okay), Const(UInt(2), (int)AxiResponse.DecodeError));
        Assert(!SAxi.R.Valid | SAxi.R.Data.Data == shown, "a read gives the register");
        Assert(!SAxi.R.Valid | SAxi.R.Data.Response == answer, "a read is answered by its address");
        Cover(SAxi.R.Valid & Word(from) == 1 & model == 5, "what was written is read");
    }

    private static Signal Word(Signal address) => address.Slice(2, address.Width - 2);
}
