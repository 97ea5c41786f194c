namespace LoopLynx.Examples.Uart;

/// <summary>Receives bytes from one wire, and samples every bit in its middle.</summary>
/// <remarks>The wire doesn't wait: a byte that finds the last one not taken is lost, and <see cref="Overrun"/> says so. A byte without its stop bit is dropped.</remarks>
public sealed class UartReceiver(int cyclesPerBit) : Module
{
    /// <summary>The wire; 1 while idle. It may change at any time.</summary>
    public readonly Signal Line = Input(Bit);

    /// <summary>Received bytes.</summary>
    public readonly StreamOut<Signal> Bytes = Out(UInt(8));

    /// <summary>1 for a cycle where a byte is lost.</summary>
    public readonly Signal Overrun = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"UART receiver, {cyclesPerBit} cycles a bit";

    /// <inheritdoc/>
    protected override void Build()
    {
        Let(out var line, Line.RegisteredReset(1).RegisteredReset(1));
        Register(out var timer, UInt(Sizes.AddressBits(cyclesPerBit)), reset: 0);
        Register(out var bitsLeft, UInt(4), reset: 0);
        Register(out var bits, UInt(8));
        Wire(out var isFree, Bit);
        Let(out var isByte, bitsLeft == 1 & timer == 0 & line);

        When(bitsLeft == 0, () => When(!line, () =>
        {
            bitsLeft.Drive(10);
            timer.Drive((cyclesPerBit / 2) - 1);
        })).ElseWhen(timer != 0, () => timer.Drive(timer.WrapSub(1))).Else(() =>
        {
            // A start bit that is 1 in its middle was a disturbance.
            bitsLeft.Drive(Mux(bitsLeft == 10 & line, 0, bitsLeft.WrapSub(1)));
            timer.Drive(cyclesPerBit - 1);
            When(bitsLeft != 1, () => bits.Drive(Cat(line, bits) >> 1));
        });
        Bytes.Drive(StreamSources.Of(isByte, bits, isFree).Stage());
        Overrun.Drive(isByte & !isFree);
    }
}
