using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Benchmarks.Designs;

/// <summary>A memory channel of registers: a burst at a time, data made from the address, writes of one beat that are counted and answered.</summary>
internal sealed class ChannelMemory(Axi4Format format) : Module
{
    private const int AddressBits = 32;

    /// <summary>The channel.</summary>
    public readonly Axi4 SAxi = Axi4.Subordinate(format);

    /// <summary>A write may be taken.</summary>
    public readonly Signal TakesWrites = Input(Bit);

    /// <inheritdoc/>
    public override string Summary => "memory channel that makes its data up";

    /// <inheritdoc/>
    protected override void Build()
    {
        Register(out var address, UInt(AddressBits), reset: 0);
        Register(out var left, UInt(9), reset: 0);
        Register(out var owed, UInt(4), reset: 0);
        SAxi.Ar.Ready.Drive(left == 0);
        var data = SAxi.R.Data;
        SAxi.R.Valid.Drive(left != 0);
        data.Data.Drive(address.Slice(0, 8).AsSigned());
        data.Response.Drive(AxiResponse.Okay);
        data.Last.Drive(left == 1);
        When(SAxi.Ar.Fire, () =>
        {
            address.Drive(SAxi.Ar.Data.Address.Resize(AddressBits));
            left.Drive((SAxi.Ar.Data.Length + 1).Resize(9));
        }).ElseWhen(SAxi.R.Fire, () =>
        {
            address.Drive(address.WrapAdd(1));
            left.Drive(left.WrapSub(1));
        });

        // A write's address and data come together, so they are taken together.
        Let(out var takes, TakesWrites & owed != 15);
        SAxi.Aw.Ready.Drive(takes);
        SAxi.W.Ready.Drive(takes);
        SAxi.B.Valid.Drive(owed != 0);
        SAxi.B.Data.Response.Drive(AxiResponse.Okay);
        When(SAxi.W.Fire & !SAxi.B.Fire, () => owed.Drive(owed.WrapAdd(1))).ElseWhen(!SAxi.W.Fire & SAxi.B.Fire, () => owed.Drive(owed.WrapSub(1)));
    }
}
