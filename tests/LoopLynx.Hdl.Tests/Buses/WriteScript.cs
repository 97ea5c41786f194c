namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>An AXI4 bus that only writes, on which both sides do what a test wants: addresses first, 64 bits of address, data in lanes.</summary>
internal sealed class WriteScript : Module
{
    public readonly Axi4 SAxi = Axi4.Subordinate(
        new Axi4Format(AddressBits: 64, DataBits: 16) { DataLanes = SInt(8).Lanes(2), HasReads = false, AddressesFirst = true, FullBursts = true });
    public readonly Signal Awready = Input(Bit);
    public readonly Signal Wready = Input(Bit);
    public readonly Signal Bvalid = Input(Bit);
    public readonly Signal Bresp = Input(UInt(2));

    protected override void Build()
    {
        SAxi.Aw.Ready.Drive(Awready);
        SAxi.W.Ready.Drive(Wready);
        SAxi.B.Drive(StreamSources.Of(Bvalid, new Axi4Answer(0, Bresp), Wire(out _, Bit, "b_taken")));
        SAxi.CheckProtocol(outstanding: 2);
    }
}
