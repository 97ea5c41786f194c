using LoopLynx.Accelerator;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Benchmarks.Designs;

/// <summary>
/// The node's control without its arithmetic: scheduler, DMA engines of all channels and the router, kept busy by a memory that answers every burst
/// and by stages that end after a pseudo-random number of beats. Narrow beats, so that control dominates.
/// </summary>
public sealed class ControlPlane(NodeConfiguration configuration) : Module
{
    /// <summary>Checksum of addresses, stages and routed packets so far.</summary>
    public readonly Signal Checksum = Output(UInt(32));

    /// <inheritdoc/>
    public override string Summary => "scheduler, DMA and router under constant traffic";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        Instance(out var scheduler, new Scheduler(c));
        Instance(out var memory, new MemoryInterface(c));
        Instance(out var router, new Router(c));

        Register(out var noise, UInt(16), reset: 1);
        noise.Drive(Cat(noise.Slice(0, 15), noise[15] ^ noise[13] ^ noise[12] ^ noise[10]));
        Register(out var position, UInt(scheduler.Position.Width), reset: 1);
        scheduler.Token.Valid.Drive(1);
        scheduler.Token.Data.Drive(position);
        When(scheduler.Token.Fire, () => position.Drive(position.WrapAdd(1)));
        scheduler.StageDone.Drive(!scheduler.Begin & noise.Slice(0, 5) == 0);
        scheduler.Matrix.Ready.Drive(noise[3]);
        memory.Start.Drive(scheduler.Begin & scheduler.Current == c.Program.Steps[0].Code);
        memory.Position.Drive(scheduler.Position);
        memory.CurrentStage.Drive(scheduler.Current);
        memory.InAttention.Drive(0);
        memory.InConstants.Drive(0);
        memory.Constants.Ready.Drive(0);
        memory.Rows[0].Ready.Drive(0);

        Register(out var checksum, UInt(32), reset: 0);
        Signal seen = scheduler.Current.Resize(32);
        var channels = Instances(c.Channels, _ => new ChannelMemory(MemoryPort.Format(c)), "channel");
        foreach (var (channel, i) in channels.Select((channel, i) => (channel, i)))
        {
            channel.SAxi.Drive(memory.Channel[i]);
            channel.TakesWrites.Drive(noise[i]);
            seen ^= memory.Channel[i].Ar.Data.Address.Resize(32);
        }

        Write(memory, noise);
        Route(scheduler, memory, router, noise);
        seen ^= router.Buffers[0].Data.Values.AsUnsigned().XorLanes().Resize(32);
        checksum.Drive(Cat(checksum.Slice(0, 31), checksum[31]) ^ seen);
        Checksum.Drive(checksum);
    }

    private static void Write(MemoryInterface memory, Signal noise)
    {
        memory.Writes.Valid.Drive(noise[7] & noise[2]);
        memory.Writes.Data.Address.Drive(noise.Resize(MemoryPort.ChannelAddressBits));
        memory.Writes.Data.Data.Drive(noise.Slice(0, 8).AsSigned());
        memory.Writes.Data.Strobe.Drive(1);
    }

    private void Route(Scheduler scheduler, MemoryInterface memory, Router router, Signal noise)
    {
        router.Begin.Drive(scheduler.Begin);
        router.Gather.Drive(1);
        router.PerNode.Drive(configuration.Embed / configuration.PacketLanes);
        router.Local.Valid.Drive(memory.Weights.Valid);
        router.Local.Data.Drive(memory.Weights.Data.LaneSlice(0, configuration.Channels).Extend(configuration.Plan.Residual.Bits));
        memory.Weights.Ready.Drive(router.Local.Ready);
        router.Place.Drive(0);
        foreach (var buffer in router.Buffers)
        {
            buffer.Ready.Drive(noise[1] | noise[4]);
        }
    }
}
