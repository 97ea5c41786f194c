using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Testing;

/// <summary>
/// The ports <c>name_valid</c>, <c>name_ready</c> and <c>name_field</c> of one stream of the top, and access to its beats.
/// A channel of a bus has no underscore: <c>s_axi_aw</c> is <c>s_axi_awvalid</c>, ...
/// </summary>
internal sealed class StreamPorts
{
    private readonly IEngine _engine;
    private readonly PortInfo _valid;
    private readonly PortInfo _ready;
    private readonly PortInfo[] _fields;
    private readonly PortDirection _direction;

    public StreamPorts(IEngine engine, string name, PortDirection direction)
    {
        _engine = engine;
        _direction = direction;
        var top = engine.Design.Top;
        var stem = top.Ports.Any(p => p.Name == $"{name}valid") ? name : $"{name}_";
        _valid = top.Port($"{stem}valid");
        _ready = top.Port($"{stem}ready");
        if (_valid.Direction != direction)
        {
            throw new BenchException($"stream '{name}' of {top.Name} is an {_valid.Direction.ToString().ToLowerInvariant()}: use {(direction == PortDirection.Input ? "Collect" : "Feed")}");
        }

        // A port belongs to the stream with the longest name that fits: A_B_data is of A_B where that stream exists.
        var longer = top.Ports.Where(p => p.Name.EndsWith("valid", StringComparison.Ordinal)).Select(p => p.Name[..^"valid".Length])
            .Where(prefix => prefix.Length > stem.Length && prefix.StartsWith(stem, StringComparison.Ordinal)).ToArray();
        _fields = [.. top.Ports.Where(p => p.Name.StartsWith(stem, StringComparison.Ordinal) && p != _valid && p != _ready
            && !longer.Any(prefix => p.Name.StartsWith(prefix, StringComparison.Ordinal)))];
        Bytes = _fields.Sum(f => LaneStorage.Bytes(f.Type));
    }

    /// <summary>Bytes of one encoded beat.</summary>
    public int Bytes { get; }

    public bool IsValid => Read(_valid)[0] != 0;

    public bool IsReady => Read(_ready)[0] != 0;

    public void SetValid(bool valid) => _engine.Input(_valid)[0] = valid ? (byte)1 : (byte)0;

    public void SetReady(bool ready) => _engine.Input(_ready)[0] = ready ? (byte)1 : (byte)0;

    public byte[] Encode(Beat beat)
    {
        if (beat.Fields.Count != _fields.Length || beat.Fields.Zip(_fields).Any(f => f.First.Length != f.Second.Type.Lanes))
        {
            throw new BenchException($"beat {beat} doesn't fit {string.Join(", ", _fields.Select(f => $"{f.Name} {f.Type}"))}");
        }

        var bytes = new byte[Bytes];
        var rest = bytes.AsSpan();
        foreach (var (values, port) in beat.Fields.Zip(_fields))
        {
            for (var lane = 0; lane < values.Length; lane++)
            {
                LaneStorage.Write(rest, port.Type, lane, values[lane]);
            }

            rest = rest[LaneStorage.Bytes(port.Type)..];
        }

        return bytes;
    }

    public Beat Decode(ReadOnlySpan<byte> bytes)
    {
        var fields = new System.Numerics.BigInteger[_fields.Length][];
        for (var f = 0; f < fields.Length; f++)
        {
            var type = _fields[f].Type;
            fields[f] = new System.Numerics.BigInteger[type.Lanes];
            for (var lane = 0; lane < type.Lanes; lane++)
            {
                fields[f][lane] = LaneStorage.Read(bytes, type, lane);
            }

            bytes = bytes[LaneStorage.Bytes(type)..];
        }

        return new Beat(fields);
    }

    public void Offer(ReadOnlySpan<byte> beat)
    {
        foreach (var field in _fields)
        {
            var storage = _engine.Input(field);
            beat[..storage.Length].CopyTo(storage);
            beat = beat[storage.Length..];
        }
    }

    public void Take(Span<byte> beat)
    {
        foreach (var field in _fields)
        {
            var storage = _engine.Output(field);
            storage.CopyTo(beat);
            beat = beat[storage.Length..];
        }
    }

    private ReadOnlySpan<byte> Read(PortInfo port) => port.Direction == PortDirection.Input ? _engine.Input(port) : _engine.Output(port);
}
