namespace LoopLynx.Hdl.Tests.Mistakes.HDL0501;

public sealed class OddWidth : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 8, dataBits: 16);

    protected override void Build() => SAxi.Registers();
}

public sealed class OddBeat : Module
{
    public readonly AxiStream MAxis = AxiStream.Manager(new(UInt(12)));

    protected override void Build() => MAxis.Drive(MAxis);
}

public sealed class OddBus : Module
{
    public readonly Axi4 MAxi = Axi4.Manager(new(AddressBits: 32, DataBits: 48));

    protected override void Build() => MAxi.CheckProtocol();
}

public sealed class OddLanes : Module
{
    public readonly Axi4 MAxi = Axi4.Manager(new(DataBits: 64) { DataLanes = UInt(8).Lanes(4) });

    protected override void Build() => MAxi.CheckProtocol();
}

public sealed class NoChannel : Module
{
    public readonly Axi4 MAxi = Axi4.Manager(new() { HasReads = false, HasWrites = false });

    protected override void Build() => MAxi.CheckProtocol();
}

public sealed class OneHalf : Module
{
    public readonly Axi4 SAxi = Axi4.Subordinate(new() { HasWrites = false });
    public readonly Axi4 MAxi = Axi4.Manager(new());

    protected override void Build() => MAxi.Drive(SAxi);
}

public sealed class TwoAtOneAddress : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 8);

    protected override void Build()
    {
        var registers = SAxi.Registers();
        registers.ReadWrite(out var control, 0x10, UInt(4));
        registers.ReadOnly(0x10, control);
    }
}

public sealed class BetweenWords : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 8);

    protected override void Build() => SAxi.Registers().ReadWrite(out var control, 0x6, UInt(4));
}

public sealed class TooWide : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 8);

    protected override void Build() => SAxi.Registers().ReadWrite(out var control, 0x8, UInt(33));
}

public sealed class OutOfReach : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 8);

    protected override void Build() => SAxi.Registers().ReadWrite(out var control, 0x100, UInt(8));
}

public sealed class WrongSide : Module
{
    public readonly AxiLite MAxi = AxiLite.Manager(addressBits: 8);

    protected override void Build() => MAxi.Registers();
}

public sealed class OddCheck : Module
{
    public readonly Axi4 MAxi = Axi4.Manager(new(IdBits: 5));

    protected override void Build() => MAxi.CheckProtocol(outstanding: 6);
}
