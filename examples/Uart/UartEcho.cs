namespace LoopLynx.Examples.Uart;

/// <summary>Sends back what it receives, through a FIFO.</summary>
public sealed class UartEcho(int cyclesPerBit, int depth) : Module
{
    /// <summary>The wire that it listens to.</summary>
    public readonly Signal Receive = Input(Bit);

    /// <summary>The wire that it sends on.</summary>
    public readonly Signal Transmit = Output(Bit);

    /// <summary>1 for a cycle where a byte is lost because the FIFO is full.</summary>
    public readonly Signal Overrun = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"UART that echoes, {cyclesPerBit} cycles a bit, {depth} bytes stored";

    /// <inheritdoc/>
    protected override void Build()
    {
        Instance(out UartReceiver receiver, new UartReceiver(cyclesPerBit));
        Instance(out UartTransmitter transmitter, new UartTransmitter(cyclesPerBit));
        receiver.Line.Drive(Receive);
        transmitter.Bytes.Drive(receiver.Bytes.Fifo(depth));
        Transmit.Drive(transmitter.Line);
        Overrun.Drive(receiver.Overrun);
    }
}
