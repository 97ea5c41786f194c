using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;

namespace LoopLynx.Testing;

/// <summary>Feeds beats into a stream that the top consumes. A beat that is offered stays until it is taken; between beats it pauses at random.</summary>
public sealed class StreamSource : BenchAgent
{
    private readonly StreamPorts _ports;
    private readonly Queue<byte[]> _beats = [];
    private readonly Random _random;
    private readonly string _name;
    private readonly int _stallPercent;
    private bool _offering;
    private int _total;

    internal StreamSource(IEngine engine, string name, int stallPercent, int seed)
    {
        _ports = new StreamPorts(engine, name, PortDirection.Input);
        _name = name;
        _stallPercent = stallPercent;
        _random = new Random(seed);
    }

    /// <inheritdoc/>
    public override bool IsDone => _beats.Count == 0;

    /// <summary>Appends a beat.</summary>
    public void Add(Beat beat)
    {
        _beats.Enqueue(_ports.Encode(beat));
        _total++;
    }

    /// <summary>Appends beats.</summary>
    public void Add(IEnumerable<Beat> beats)
    {
        foreach (var beat in beats)
        {
            Add(beat);
        }
    }

    internal override void Drive()
    {
        if (!_offering && _beats.Count > 0 && _random.Next(100) >= _stallPercent)
        {
            _offering = true;
            _ports.Offer(_beats.Peek());
        }

        _ports.SetValid(_offering);
    }

    internal override string? Observe()
    {
        if (_offering && _ports.IsReady)
        {
            _beats.Dequeue();
            _offering = false;
            Count++;
        }

        return null;
    }

    internal override string Status() => $"'{_name}' offers beat {Count} of {_total} and isn't ready";
}
