using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Clocks;

/// <summary>Every part for clock crossings, from one clock to another.</summary>
public sealed class CrossingModule : Module
{
    public static readonly ClockDomain From = new("from_clk", "from_rst");
    public static readonly ClockDomain To = new("to_clk", "to_rst") { AsynchronousReset = true };

    public readonly StreamIn<Signal> FifoIn = In(UInt(16));
    public readonly StreamOut<Signal> FifoOut = Out(UInt(16));
    public readonly StreamIn<Pair<Signal, Signal>> ShallowIn = In<Pair<Signal, Signal>>([UInt(8), SInt(4) * 3]);
    public readonly StreamOut<Pair<Signal, Signal>> ShallowOut = Out<Pair<Signal, Signal>>([UInt(8), SInt(4) * 3]);
    public readonly StreamIn<Signal> BlockIn = In(UInt(16));
    public readonly StreamOut<Signal> BlockOut = Out(UInt(16));
    public readonly StreamIn<Pair<Signal, Signal>> HandIn = In<Pair<Signal, Signal>>([UInt(8), SInt(4) * 3]);
    public readonly StreamOut<Pair<Signal, Signal>> HandOut = Out<Pair<Signal, Signal>>([UInt(8), SInt(4) * 3]);
    public readonly Signal Level = Input(Bit);
    public readonly Signal Pulse = Input(Bit);
    public readonly Signal LevelThere = Output(Bit);
    public readonly Signal Pulses = Output(UInt(8));

    protected override void Build() => InDomain(From, () =>
    {
        FifoOut.Drive(FifoIn.Cross(To, depth: 16));
        ShallowOut.Drive(ShallowIn.Cross(To, depth: 2, stages: 3, name: "shallow"));
        BlockOut.Drive(BlockIn.Cross(To, depth: 8, MemoryStyle.Block, name: "block"));
        HandOut.Drive(HandIn.CrossByHandshake(To));
        LevelThere.Drive(Level.RegisteredReset(0, name: "level").Synchronise(To, name: "level_there"));
        var pulse = Pulse.SynchronisePulse(To);
        InDomain(To, () =>
        {
            Register(out var pulses, UInt(8), reset: 0);
            When(pulse, () => pulses.Drive(pulses.WrapAdd(1)));
            Pulses.Drive(pulses);
        });
    });
}
