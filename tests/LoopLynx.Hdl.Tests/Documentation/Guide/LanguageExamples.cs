using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

public enum Phase
{
    Idle,
    Fill,
    Drain,
}

public sealed record Command(Signal Address, Signal Length);

[Bundle]
public readonly partial record struct Pixel(Signal R, Signal G, Signal B);

public sealed class Average : Module
{
    public readonly Signal A = Input(SInt(8) * 4);
    public readonly Signal B = Input(SInt(8) * 4);
    public readonly Signal Mean = Output(SInt(8) * 4);

    protected override void Build() => Mean.Drive(((A + B) >> 1).Truncate(8));
}

/// <summary>The examples of the language reference, in one module that elaborates.</summary>
public sealed class LanguageExamples : Module
{
    public readonly Signal Enable = Input(Bit);
    public readonly Signal Select = Input(UInt(2));
    public readonly Signal A = Input(SInt(8) * 4);
    public readonly Signal B = Input(SInt(8) * 4);
    public readonly Signal Address = Input(UInt(4));
    public readonly Signal Y = Output(SInt(20));
    public readonly Signal Z = Output(SInt(8) * 4);
    public readonly Signal State = Output(UInt(2));
    public readonly Signal Row = Output(SInt(8) * 4);
    public readonly Signal Means = Output(SInt(8) * 4);
    public readonly Signal Ticks = Output(UInt(8));
    public readonly StreamIn<Command> Commands = In(new Command(Address: UInt(32), Length: UInt(8)));
    public readonly StreamIn<Signal> Words = In(SInt(8) * 4);
    public readonly StreamOut<Signal> Sums = Out(SInt(18));
    public readonly StreamOut<Signal> Lengths = Out(UInt(8));
    public readonly StreamIn<Pixel> Dark = Pixel.In(UInt(8), UInt(8), UInt(8));
    public readonly StreamOut<Pixel> Bright = Pixel.Out(UInt(8), UInt(8), UInt(8));
    public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 4);
    public readonly AxiStream SAxis = AxiStream.Subordinate(new(UInt(32)));
    public readonly AxiStream MAxis = AxiStream.Manager(new(UInt(32)));
    public readonly Signal LastGain = Output(UInt(8));
    public readonly StreamIn<Division> Operands = In<Division>([UInt(16), UInt(8)]);
    public readonly StreamOut<Signal> Quotients = Out(UInt(16));
    public readonly Signal Packet = Output(UInt(4));
    public readonly Signal Largest = Output(SInt(8));
    public readonly Signal Gain = Input(SInt(16));
    public readonly StreamIn<Signal> Samples = In(SInt(16) * 4);
    public readonly StreamOut<Signal> Scaled = Out(SInt(12) * 4);

    protected override void Build()
    {
        Sum();
        Choose();
        Store();
        Control();
        Move();
        Count();
        Brighten();
        Place();
        OtherClock();
        Connect();
        Compute();
    }

    private void Connect()
    {
        Register(out var seen, UInt(8), reset: 0);
        LastGain.Drive(seen);
        var registers = SAxi.Registers();
        registers.ReadWrite(out var gain, 0x0, UInt(8), reset: 1);
        registers.ReadOnly(0x4, State);
        When(registers.IsWritten(0x0), () => seen.Drive(gain));
        SAxi.CheckProtocol();
        MAxis.Drive(SAxis.Skid().Fifo(16));
    }

    private void Compute()
    {
        Instance(out var divider, new DividerUnit(UInt(16), UInt(8)));
        divider.Input.Drive(Operands);
        Quotients.Drive(divider.Output.Map(result => result.Quotient));
        Scaled.Drive(Samples.Pipeline(sample => sample.MultiplyPipelined(Held(Gain), 3).SaturateRound(fraction: 14, toFraction: 7, toWidth: 12)));
    }

    private void Sum()
    {
        Register(out var sum, SInt(20), reset: 0);
        Let(out var dot, (A * B).SumLanes());
        When(Enable, () => sum.Drive((sum + dot).Saturate(20)));
        Y.Drive(sum);
    }

    private void Choose()
    {
        Z.Drive(A);
        When(Enable, () => Z.Drive(B));
        Switch(Select, s =>
        {
            s.Case(0, () => Z.Drive(0));
            s.Case([1, 2], () => Z.Drive(A.RotateLanes(1)));
        });
    }

    private void Store()
    {
        Memory(out var rows, SInt(8) * 4, depth: 16, MemoryStyle.Distributed);
        rows.Write(Address, A, enable: Enable, mask: A > B);
        Row.Drive(rows.ReadSync(Address));
    }

    private void Control()
    {
        Fsm<Phase>(out var phase);
        Switch(phase.State, s =>
        {
            s.Case(Phase.Idle, () => When(Enable, () => phase.Go(Phase.Fill)));
            s.Case(Phase.Fill, () => phase.Go(Enable, Phase.Fill, Phase.Drain));
            s.Default(() => phase.Go(Phase.Idle));
        });
        State.Drive(phase.State);
        Hardware.Assert(phase.State <= 2, "there are three phases");
    }

    private void Move()
    {
        Sums.Drive(Words.Fifo(16).Pipeline(w => (w * w).Registered().SumPipelined(4)));
        Lengths.Drive(Commands.DropWhen(Commands.Data.Length == 0).Map(c => c.Length).Isolate());
    }

    private void Count()
    {
        Credits(out var places, limit: 4);
        Counter(out var packet, 10);
        places.Move(take: Commands.Fire, give: Lengths.Fire);
        When(Commands.Fire, () => packet.Step());
        Packet.Drive(packet.Value);
        var largest = PipelinedTree.Max(4) with { LevelsPerRegister = 2 };
        Largest.Drive(largest.Reduce(A, "largest"));
    }

    private void Brighten()
    {
        Bright.Drive(Dark.Map(p => p.Map(s => s | 1)).Stage());
    }

    private void Place()
    {
        Instance(out Average average, new Average());
        average.A.Drive(A);
        average.B.Drive(B);
        Means.Drive(average.Mean);
    }

    private void OtherClock()
    {
        InDomain(new ClockDomain("mem_clk", "mem_rst"), () =>
        {
            Register(out var ticks, UInt(8), reset: 0);
            ticks.Drive(ticks.WrapAdd(1));
            Ticks.Drive(ticks);
        });
    }
}
