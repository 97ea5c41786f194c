namespace LoopLynx.Accelerator;

/// <summary>
/// Synchronises results between the nodes. On a single node nothing has to be exchanged: packets pass through a register stage,
/// so that the timing of the write-back path doesn't depend on the number of nodes. Source: LoopLynx III-D, routing mechanism.
/// </summary>
/// <remarks>Latency 1, full rate.</remarks>
/// <param name="lanes">Values in a packet.</param>
public sealed class Router(int lanes) : Module
{
    /// <summary>Packets of this node's kernels.</summary>
    public readonly StreamIn<Signal> Local = In(Formats.Residual.Lanes(lanes));

    /// <summary>Packets for this node's buffers, in order.</summary>
    public readonly StreamOut<Signal> Buffers = Out(Formats.Residual.Lanes(lanes));

    /// <inheritdoc/>
    public override string Summary => "single-node bypass of the ring";

    /// <inheritdoc/>
    protected override void Build() => Buffers.Drive(Local.Isolate("bypass"));
}
