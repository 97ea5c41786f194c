namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>An AXI4 bus on which both sides do what a test wants: 16 bits of data, 2 of number.</summary>
internal sealed class BurstScript : Module
{
    public readonly Axi4 SAxi = Axi4.Subordinate(new Axi4Format(AddressBits: 16, DataBits: 16, IdBits: 2));
    public readonly Signal Awready = Input(Bit);
    public readonly Signal Wready = Input(Bit);
    public readonly Signal Arready = Input(Bit);
    public readonly Signal Bvalid = Input(Bit);
    public readonly Signal Bid = Input(UInt(2));
    public readonly Signal Bresp = Input(UInt(2));
    public readonly Signal Rvalid = Input(Bit);
    public readonly Signal Rid = Input(UInt(2));
    public readonly Signal Rresp = Input(UInt(2));
    public readonly Signal Rdata = Input(UInt(16));
    public readonly Signal Rlast = Input(Bit);

    protected override void Build()
    {
        SAxi.Aw.Ready.Drive(Awready);
        SAxi.W.Ready.Drive(Wready);
        SAxi.Ar.Ready.Drive(Arready);
        SAxi.B.Drive(StreamSources.Of(Bvalid, new Axi4Answer(Bid, Bresp), Ready("b_taken")));
        SAxi.R.Drive(StreamSources.Of(Rvalid, new Axi4Read(Rid, Rdata, Rresp, Rlast), Ready("r_taken")));
        SAxi.CheckProtocol(outstanding: 2, answerWithin: 4);
    }

    private static Signal Ready(string name) => Wire(out _, Bit, name);
}
