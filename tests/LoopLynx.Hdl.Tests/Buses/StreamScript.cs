namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>An AXI4-Stream on which the manager does what a test wants.</summary>
internal sealed class StreamScript : Module
{
    public readonly AxiStream SAxis = AxiStream.Subordinate(new AxiStreamFormat(UInt(16)) { HasKeep = true, HasStrobe = true, IdBits = 2, DestinationBits = 3, UserBits = 1 });
    public readonly Signal Tready = Input(Bit);

    protected override void Build()
    {
        SAxis.Ready.Drive(Tready);
        SAxis.CheckProtocol(packetBeats: 3);
    }
}
