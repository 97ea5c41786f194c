using LoopLynx.Accelerator;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Runtime;

/// <summary>A link between two simulated kernels: each flit arrives some cycles after it has left, in order, as between two dies or two cards.</summary>
public sealed class KernelLink
{
    private readonly IEngine _sender, _receiver;
    private readonly PortSlot _outValid, _outReady, _outData, _inValid, _inReady, _inData;
    private readonly Queue<(long Due, byte[] Data)> _travelling = new();
    private readonly Random? _random;
    private readonly double _stalls;
    private (long Due, byte[] Data)? _late;
    private long _cycle;

    /// <summary>Joins two kernels.</summary>
    /// <param name="sender">Runs the one at the begin.</param>
    /// <param name="receiver">Runs the one at the end.</param>
    /// <param name="cycles">Cycles of the way, at least 1.</param>
    /// <param name="stalls">How often the link doesn't take a flit, 0 to 1.</param>
    /// <param name="seed">Seed of those cycles.</param>
    public KernelLink(IEngine sender, IEngine receiver, int cycles, double stalls = 0, int seed = 0)
    {
        (_sender, _receiver, Cycles, _stalls) = (sender, receiver, Math.Max(1, cycles), stalls);
        var (from, to) = (KernelRegisters.RingOutPort, KernelRegisters.RingInPort);
        (_outValid, _outReady, _outData) = (new(sender, $"{from}_tvalid"), new(sender, $"{from}_tready"), new(sender, $"{from}_tdata"));
        (_inValid, _inReady, _inData) = (new(receiver, $"{to}_tvalid"), new(receiver, $"{to}_tready"), new(receiver, $"{to}_tdata"));
        _random = stalls > 0 ? new Random(seed) : null;
    }

    /// <summary>Cycles of the way.</summary>
    public int Cycles { get; }

    /// <summary>Flits that have left.</summary>
    public long Flits { get; private set; }

    /// <summary>What goes wrong; null: nothing.</summary>
    public LinkFault? Fault { get; set; }

    /// <summary>Loses the flits on their way.</summary>
    public void Reset()
    {
        _travelling.Clear();
        _late = null;
        new PortBlock(_receiver).Drive(_inValid, false);
    }

    /// <summary>Sets this cycle's inputs of both kernels.</summary>
    public void Drive()
    {
        var sender = new PortBlock(_sender);
        var receiver = new PortBlock(_receiver);
        sender.Drive(_outReady, _random is null || _random.NextDouble() >= _stalls);
        var flit = Due();
        receiver.Drive(_inValid, flit is not null);
        flit?.CopyTo(receiver.Input(_inData));
    }

    /// <summary>Takes this cycle's flit.</summary>
    /// <exception cref="SimulationException">A kernel holds the link up.</exception>
    public void Sample()
    {
        var sender = new PortBlock(_sender);
        var receiver = new PortBlock(_receiver);
        if (!receiver.IsHigh(_inReady))
        {
            throw new SimulationException($"{KernelRegisters.RingInPort}_tready is 0: a kernel takes every flit of the ring (cycle {_receiver.Cycle})");
        }

        if (sender.IsHigh(_outValid) && sender.Input(_outReady)[0] != 0)
        {
            Send(sender.Output(_outData).ToArray());
        }

        _cycle++;
    }

    private byte[]? Due()
    {
        if (_travelling.TryPeek(out var next) && next.Due <= _cycle)
        {
            return _travelling.Dequeue().Data;
        }

        if (_late is { } late && late.Due <= _cycle)
        {
            _late = null;
            return late.Data;
        }

        return null;
    }

    private void Send(byte[] data)
    {
        var due = _cycle + Cycles;
        var fault = Fault is { } planted && planted.Strikes(Flits) ? planted : null;
        Flits++;
        if (fault is null)
        {
            _travelling.Enqueue((due, data));
            return;
        }

        fault.HasHappened = true;
        switch (fault.Kind)
        {
            case LinkFaultKind.Double:
                _travelling.Enqueue((due, data));
                _travelling.Enqueue((due + 1, data));
                break;
            case LinkFaultKind.Alter:
                Invert(data, fault.Detail);
                _travelling.Enqueue((due, data));
                break;
            case LinkFaultKind.Late:
                _late = (due + fault.Detail, data);
                break;
            default:
                break;
        }
    }

    // A port's lanes of 16 bits lie one behind the other.
    private static void Invert(byte[] data, int bit) => data[bit / 8 % data.Length] ^= (byte)(1 << (bit % 8));
}
