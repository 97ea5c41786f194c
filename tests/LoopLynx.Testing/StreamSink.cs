using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;

namespace LoopLynx.Testing;

/// <summary>
/// Takes beats from a stream that the top produces, with random readiness. Checks that a beat which waits stays valid and unchanged,
/// and compares with the expected beats as they arrive, so that the waveform shows the first wrong one.
/// </summary>
public sealed class StreamSink : BenchAgent
{
    private readonly StreamPorts _ports;
    private readonly List<byte[]> _beats = [];
    private readonly List<byte[]>? _expected;
    private readonly Random _random;
    private readonly string _name;
    private readonly int _wanted;
    private readonly int _stallPercent;
    private readonly byte[] _waiting;
    private readonly byte[] _seen;
    private bool _isWaiting;

    internal StreamSink(IEngine engine, string name, IEnumerable<Beat>? expected, int count, int stallPercent, int seed)
    {
        _ports = new StreamPorts(engine, name, PortDirection.Output);
        _expected = expected?.Select(_ports.Encode).ToList();
        _wanted = _expected?.Count ?? count;
        _name = name;
        _stallPercent = stallPercent;
        _random = new Random(seed);
        _waiting = new byte[_ports.Bytes];
        _seen = new byte[_ports.Bytes];
    }

    /// <summary>Whether every beat that is waited for has come.</summary>
    public override bool IsDone => Count >= _wanted;

    /// <summary>False for a stream that may withdraw a beat, such as a gate that closes.</summary>
    public bool ChecksStability { get; set; } = true;

    /// <summary>The beats so far.</summary>
    public IReadOnlyList<Beat> Beats => [.. _beats.Select(beat => _ports.Decode(beat))];

    internal override void Drive() => _ports.SetReady(_random.Next(100) >= _stallPercent);

    internal override string? Observe()
    {
        var valid = _ports.IsValid;
        _ports.Take(_seen);
        if (ChecksStability && _isWaiting && !(valid && _seen.AsSpan().SequenceEqual(_waiting)))
        {
            return valid
                ? $"'{_name}' changed a waiting beat from {_ports.Decode(_waiting)} to {_ports.Decode(_seen)}"
                : $"'{_name}' withdrew the waiting beat {_ports.Decode(_waiting)}";
        }

        var ready = _ports.IsReady;
        _isWaiting = valid && !ready;
        if (_isWaiting)
        {
            _seen.CopyTo(_waiting, 0);
        }

        return valid && ready ? Accept() : null;
    }

    internal override string Status() =>
        $"'{_name}' waits for beat {Count} of {_wanted} and isn't valid";

    private string? Accept()
    {
        _beats.Add(_seen.AsSpan().ToArray());
        var index = Count++;
        if (_expected is null)
        {
            return null;
        }

        return index >= _expected.Count
            ? $"'{_name}' gave {_ports.Decode(_seen)} after its last beat ({_expected.Count} were expected)"
            : _seen.AsSpan().SequenceEqual(_expected[index])
                ? null
                : $"'{_name}' beat {index} is {_ports.Decode(_seen)}, expected {_ports.Decode(_expected[index])}";
    }
}
