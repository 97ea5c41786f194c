namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>An AXI4-Lite bus on which both sides do what a test wants.</summary>
internal sealed class LiteScript : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 4);
    public readonly Signal Awready = Input(Bit);
    public readonly Signal Wready = Input(Bit);
    public readonly Signal Arready = Input(Bit);
    public readonly Signal Bvalid = Input(Bit);
    public readonly Signal Bresp = Input(UInt(2));
    public readonly Signal Rvalid = Input(Bit);
    public readonly Signal Rresp = Input(UInt(2));
    public readonly Signal Rdata = Input(UInt(32));

    protected override void Build()
    {
        SAxi.Aw.Ready.Drive(Awready);
        SAxi.W.Ready.Drive(Wready);
        SAxi.Ar.Ready.Drive(Arready);
        SAxi.B.Drive(StreamSources.Of(Bvalid, new AxiLiteAnswer(Bresp), Ready("b_taken")));
        SAxi.R.Drive(StreamSources.Of(Rvalid, new AxiLiteRead(Rdata, Rresp), Ready("r_taken")));
        SAxi.CheckProtocol(outstanding: 2, answerWithin: 4);
    }

    private static Signal Ready(string name) => Wire(out _, Bit, name);
}
