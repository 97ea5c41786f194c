namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>A timer with four registers.</summary>
public sealed class Timer : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 4);
    public readonly Signal Irq = Output(Bit);

    protected override void Build()
    {
        var registers = SAxi.Registers();
        registers.ReadWrite(out var enable, 0x0, Bit);
        registers.ReadWrite(out var limit, 0x4, UInt(16), reset: 100);

        Register(out var count, UInt(16), reset: 0);
        Let(out var expired, enable & count == limit);
        When(expired | registers.IsWritten(0x4), () => count.Drive(0)).ElseWhen(enable, () => count.Drive(count.WrapAdd(1)));
        registers.ReadOnly(0x8, count);

        Register(out var pending, Bit, reset: 0);
        When(expired, () => pending.Drive(1)).ElseWhen(registers.IsRead(0xc), () => pending.Drive(0));
        registers.ReadOnly(0xc, pending);
        Irq.Drive(pending);
        SAxi.CheckProtocol();
    }
}

/// <summary>Packets through a skid buffer and a FIFO.</summary>
public sealed class PacketBuffer : Module
{
    public readonly AxiStream SAxis = AxiStream.Subordinate(new(UInt(32)) { HasKeep = true });
    public readonly AxiStream MAxis = AxiStream.Manager(new(UInt(32)) { HasKeep = true });

    protected override void Build()
    {
        SAxis.CheckProtocol();
        MAxis.Drive(SAxis.Skid().Fifo(16));
        MAxis.CheckProtocol();
    }
}
