using System.Runtime.CompilerServices;

namespace LoopLynx.Accelerator;

/// <summary>
/// A node's place on the simplex ring: AXI4-Stream in from the predecessor, out to the successor, and the node's number. A flit is one packet of results, no
/// header. TREADY is constantly 1: a flit is sent only with a credit, of which a sender has as many as the receiver has places, and a place that is free
/// again gives its credit back. So all that goes between nodes leaves from a register and enters one, through as many levels as the way needs.
/// </summary>
/// <param name="configuration">The node.</param>
/// <param name="name">Prefix of the port names.</param>
/// <param name="file">C# file of the declaration.</param>
/// <param name="line">C# line of the declaration.</param>
public sealed class RingPort(NodeConfiguration configuration, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) : IPortBundle
{
    /// <summary>This node's number, from 0; constant.</summary>
    public Signal NodeId { get; } = Input(UInt(Sizes.AddressBits(configuration.Nodes)), $"{name}_id", file, line);

    /// <summary>Flits from the predecessor.</summary>
    public StreamIn<Signal> From { get; } = In(configuration.Types.Result.Lanes(configuration.PacketLanes), $"{name}_from", file, line);

    /// <summary>Flits to the successor.</summary>
    public StreamOut<Signal> To { get; } = Out(configuration.Types.Result.Lanes(configuration.PacketLanes), $"{name}_to", file, line);

    /// <summary>1 for a cycle: the predecessor gets a credit back.</summary>
    public Signal Returns { get; } = Output(Bit, $"{name}_from_credit", file, line);

    /// <summary>1 for a cycle: the successor has given a credit back.</summary>
    public Signal Returned { get; } = Input(Bit, $"{name}_to_credit", file, line);

    /// <summary>The ports of the bundle.</summary>
    public IEnumerable<object> Members => [NodeId, From, To, Returns, Returned];
}
