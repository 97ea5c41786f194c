using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Buses;

/// <summary>A register file of one writable and one read-only register, a free manager, and the checker between them.</summary>
/// <param name="withInvariants">Also claims what registers inside hold, for induction; without, only what the bus shows.</param>
internal sealed class RegisterFileHarness(bool withInvariants = true) : Module
{
    /// <summary>Where the manager's side comes in.</summary>
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 4);

    /// <summary>What the read-only register shows.</summary>
    public readonly Signal Status = Input(UInt(3));

    /// <summary>The writable register.</summary>
    public readonly Signal Value = Output(UInt(10));

    /// <summary>Registers inside, for invariants.</summary>
    public static IReadOnlyList<Probe> Probes { get; } = [new("registers_answer_valid", Bit), new("registers_read_valid", Bit)];

    /// <summary>The probes as inputs.</summary>
    public readonly Signal[] Inner = !withInvariants ? [] : [.. Probes.Select(p => Input(p.Type, p.Port))];

    /// <inheritdoc/>
    protected override void Build()
    {
        var registers = SAxi.Registers();
        registers.ReadWrite(out var value, 0x4, UInt(10), reset: 3);
        registers.ReadOnly(0x8, Status);
        Value.Drive(value);
        var traffic = SAxi.CheckProtocol(outstanding: 2, answerWithin: 1);

        Contents(value);
        if (withInvariants)
        {
            // What is taken is answered from one register: the checker's counts are that register.
            Assert(traffic.Addresses == Inner[0], "invariant: an address waits while its answer is offered");
            Assert(traffic.Data == Inner[0], "invariant: data waits while its answer is offered");
            Assert(traffic.Reads == Inner[1], "invariant: a read waits while its answer is offered");
        }
    }

    /// <summary>What the registers do, seen from the bus.</summary>
    private void Contents(Signal value)
    {
        var (address, data, strobe) = (SAxi.Aw.Data.Address.Slice(2, 2), SAxi.W.Data.Data, SAxi.W.Data.Strobe);
        var written = (SAxi.W.Fire & address == 1).RegisteredReset(0);
        var before = value.RegisteredReset(3);
        for (var part = 0; part < 2; part++)
        {
            var (low, width) = (8 * part, Math.Min(8, 10 - (8 * part)));
            var expected = Mux(written & strobe.Lane(part).Registered(), data.Slice(low, width).Registered(), before.Slice(low, width));
            Assert(value.Slice(low, width) == expected, $"byte {part} changes where it is written, and only there");
        }

        var wrote = SAxi.W.Fire.RegisteredReset(0);
        var where = address.Registered();
        Assert(!wrote | SAxi.B.Data.Response == Answer(where == 1, where == 2), "a write is answered by what is at its address");
        var read = SAxi.Ar.Fire.RegisteredReset(0);
        var from = SAxi.Ar.Data.Address.Slice(2, 2).Registered();
        Assert(!read | SAxi.R.Data.Response == Answer(from == 1 | from == 2, 0), "a read is answered by what is at its address");
        var shown = Mux(from == 1, before, Mux(from == 2, Status.Registered(), 0));
        Assert(!read | SAxi.R.Data.Data == shown, "a read gives the register");
    }

    private static Signal Answer(Signal okay, Signal refused) =>
        Mux(okay, Const(UInt(2), (int)AxiResponse.Okay), Mux(refused, Const(UInt(2), (int)AxiResponse.SubordinateError), Const(UInt(2), (int)AxiResponse.DecodeError)));
}
