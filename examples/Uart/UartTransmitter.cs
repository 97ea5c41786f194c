namespace LoopLynx.Examples.Uart;

/// <summary>Sends bytes over one wire: a start bit 0, eight data bits, least significant first, a stop bit 1.</summary>
public sealed class UartTransmitter(int cyclesPerBit) : Module
{
    /// <summary>Bytes to send.</summary>
    public readonly StreamIn<Signal> Bytes = In(UInt(8));

    /// <summary>The wire; 1 while idle.</summary>
    public readonly Signal Line = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"UART transmitter, {cyclesPerBit} cycles a bit";

    /// <inheritdoc/>
    protected override void Build()
    {
        // The stop bit is the last 1 in the frame, so a frame of 1 has nothing left to shift out.
        Register(out var frame, UInt(10), reset: 1);
        Register(out var timer, UInt(Sizes.AddressBits(cyclesPerBit)), reset: 0);
        Bytes.Ready.Drive(timer == 0 & frame == 1);
        Line.Drive(frame[0]);
        When(timer != 0 | Bytes.Fire | frame != 1, () => timer.Drive(Mux(timer == 0, cyclesPerBit - 1, timer.WrapSub(1))));
        When(Bytes.Fire, () => frame.Drive(Cat(1, Bytes.Data, 0))).ElseWhen(timer == 0 & frame != 1, () => frame.Drive(frame >> 1));
    }
}
