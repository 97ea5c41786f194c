using System.Collections.Immutable;

namespace LoopLynx.Hdl.Netlist;

/// <summary>
/// A valid/ready stream, as a port or a combinator of the library made it: whoever looks for streams finds them here, and not by the names of nets.
/// </summary>
/// <param name="Name">Of a port that of its field, of a bus's channel its prefix (<c>m_axi_ar</c>); in a flat definition behind the instances' names.</param>
/// <param name="Valid">A beat is offered.</param>
/// <param name="Ready">It is taken.</param>
/// <param name="Payload">The fields that are signals, in order.</param>
public sealed record StreamInfo(string Name, Node Valid, Node Ready, ImmutableArray<Node> Payload);
