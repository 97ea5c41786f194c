namespace LoopLynx.Accelerator;

/// <summary>
/// The registers of a part of a flit at the kernel's pins. A module of its own, so that the choice before them stays outside: else the mapper makes the
/// enable a part of each bit's choice, and the link's ready drives all of them.
/// </summary>
/// <remarks>Latency 1, full rate. Combinational path: ready to ready.</remarks>
/// <param name="part">Type of the part.</param>
public sealed class RingBank(HdlType part) : Module
{
    /// <summary>The part of the next flit.</summary>
    public readonly StreamIn<Signal> Flits = In(part);

    /// <summary>At the pins.</summary>
    public readonly StreamOut<Signal> Pins = Out(part);

    /// <inheritdoc/>
    public override string Summary => "last registers of a ring's flit";

    /// <inheritdoc/>
    protected override void Build() => Pins.Drive(Flits.Stage("out", isFar: true));
}
