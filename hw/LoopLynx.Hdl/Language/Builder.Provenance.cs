using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>This part: what the library's combinators have made, for those who look at the netlist.</summary>
internal sealed partial class Builder
{
    private readonly List<(string Name, Signal Valid, Signal Ready, IReadOnlyList<Signal> Payload)> _streams = [];
    private readonly HashSet<string> _streamNames = new(StringComparer.Ordinal);
    private readonly HashSet<Node> _readies = [];
    private readonly List<FifoInfo> _fifos = [];

    /// <summary>The FIFOs of the module itself.</summary>
    public IReadOnlyList<FifoInfo> Fifos => _fifos;

    /// <summary>Notes a stream inside the module. One whose valid or ready is a constant says nothing to anybody.</summary>
    public void NoteStream(string name, Signal valid, Signal ready, IReadOnlyList<Signal> payload)
    {
        if (valid.Literal is not null || ready.Literal is not null)
        {
            return;
        }

        var unique = name;
        for (var suffix = 2; !_streamNames.Add(unique); suffix++)
        {
            unique = $"{name}_{suffix}";
        }

        _streams.Add((unique, valid, ready, [.. payload.Where(f => f.Literal is null)]));
    }

    /// <summary>Notes that a wire is the ready of a stream, which the stream's consumer drives.</summary>
    public void NoteReady(Node wire) => _readies.Add(wire);

    /// <summary>Whether a wire is the ready of a stream.</summary>
    public bool IsReady(Node wire) => _readies.Contains(wire);

    /// <summary>Notes a FIFO of the module itself.</summary>
    public void NoteFifo(string name, int depth, Signal count) => _fifos.Add(new FifoInfo(name, depth, (RegisterNode)Resolve(count)));

    /// <summary>The streams of the module: its ports, then those inside. Nothing is made for them: constants are left out.</summary>
    public ImmutableArray<StreamInfo> FreezeStreams() =>
        [.. _streams.Select(s => new StreamInfo(s.Name, Resolve(s.Valid), Resolve(s.Ready), [.. s.Payload.Select(Resolve)]))];

    private void NotePortStreams()
    {
        foreach (var stream in Module.Ports.Select(p => p.Stream).OfType<StreamDeclaration>().Distinct())
        {
            NoteStream(stream.Name, stream.Valid, stream.Ready, stream.Payload);
        }

        foreach (var port in Module.Ports.Where(p => p.Stream?.Ready.Port == p && p.Direction == PortDirection.Output))
        {
            NoteReady(_ports[port]);
        }
    }
}
