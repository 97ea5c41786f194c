namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>What a manager is told to do: write or read a word.</summary>
public sealed record LiteCommand(Signal IsWrite, Signal Address, Signal Data);

/// <summary>An AXI4-Lite manager: writes and reads in the order of its commands, one answer a command.</summary>
internal sealed class LiteManager : Module
{
    public readonly StreamIn<LiteCommand> Commands = In<LiteCommand>([Bit, UInt(5), UInt(64)]);
    public readonly StreamOut<AxiLiteRead> Answers = Out<AxiLiteRead>([UInt(64), UInt(2)]);
    public readonly AxiLite MAxi = AxiLite.Manager(addressBits: 5, dataBits: 64);

    protected override void Build()
    {
        Register(out var waiting, Bit, reset: 0);
        When(Commands.Fire, () => waiting.Drive(1)).ElseWhen(Answers.Fire, () => waiting.Drive(0));
        var kinds = Commands.Gate(!waiting).Demultiplex(Commands.Data.IsWrite, 2);
        MAxi.Ar.Drive(kinds[0].Map(c => new AxiLiteAddress(c.Address, 0)).Stage("read"));
        var writes = kinds[1].Fork(2, "writes");
        MAxi.Aw.Drive(writes[0].Map(c => new AxiLiteAddress(c.Address, 0)).Stage("address"));
        MAxi.W.Drive(writes[1].Map(c => new AxiLiteWrite(c.Data, 1)).Stage("data"));
        Answers.Drive(StreamRouting.Arbitrate([MAxi.R, MAxi.B.Map(b => new AxiLiteRead(Const(UInt(64), 0), b.Response))]));
        MAxi.CheckProtocol();
    }
}

/// <summary>Registers of several types.</summary>
internal sealed class LiteFile : Module
{
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 5, dataBits: 64);

    protected override void Build()
    {
        var registers = SAxi.Registers();
        registers.ReadWrite(out var vector, 0x0, SInt(10) * 3);
        registers.ReadWrite(out var wide, 0x8, UInt(64), reset: 7);
        registers.ReadOnly(0x10, vector.SumLanes());
        SAxi.CheckProtocol(answerWithin: 1);
    }
}

/// <summary>The two, joined, with a checker between them that claims both sides' duties.</summary>
internal sealed class LitePair : Module
{
    public readonly StreamIn<LiteCommand> Commands = In<LiteCommand>([Bit, UInt(5), UInt(64)]);
    public readonly StreamOut<AxiLiteRead> Answers = Out<AxiLiteRead>([UInt(64), UInt(2)]);

    protected override void Build()
    {
        Instance(out var manager, new LiteManager());
        Instance(out var file, new LiteFile());
        manager.Commands.Drive(Commands);
        Answers.Drive(manager.Answers);
        file.SAxi.Drive(manager.MAxi);
        file.SAxi.CheckProtocol(ProtocolClaim.Assert, ProtocolClaim.Assert);
    }
}
