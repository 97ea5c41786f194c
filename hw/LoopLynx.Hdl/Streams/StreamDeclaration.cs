namespace LoopLynx.Hdl;

/// <summary>The ports of a module object that are one stream.</summary>
internal sealed class StreamDeclaration
{
    private readonly int _suffix;

    private StreamDeclaration(Signal valid, Signal ready, IEnumerable<Signal> fields, int suffix)
    {
        (Valid, Ready, Payload, _suffix) = (valid, ready, [.. fields.Where(f => f.Port is not null)], suffix);
        foreach (var port in Payload.Append(valid).Append(ready))
        {
            port.Port!.Stream = this;
        }
    }

    /// <summary>The stream's name: the valid's, without what follows the prefix that all of its ports have.</summary>
    public string Name => Valid.Port!.Name[..^_suffix];

    /// <summary>The port of valid.</summary>
    public Signal Valid { get; }

    /// <summary>The port of ready.</summary>
    public Signal Ready { get; }

    /// <summary>The ports of the fields that have one.</summary>
    public IReadOnlyList<Signal> Payload { get; }

    /// <summary>Tells the ports of a stream that they are one.</summary>
    /// <param name="stream">Made of ports.</param>
    /// <param name="suffix">How the name of its valid ends.</param>
    public static void Of<T>(Stream<T> stream, string suffix) => _ = new StreamDeclaration(stream.Valid, stream.Ready, stream.Fields, suffix.Length);

    /// <summary>Tells the ports that stand for a stream's on another module that they are one, too.</summary>
    public void Mirror(IReadOnlyDictionary<PortDeclaration, Signal> ports) =>
        _ = new StreamDeclaration(ports[Valid.Port!], ports[Ready.Port!], Payload.Select(p => ports[p.Port!]), _suffix);
}
