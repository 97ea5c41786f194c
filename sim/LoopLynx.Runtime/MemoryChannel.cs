using System.Runtime.CompilerServices;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Runtime;

/// <summary>
/// One memory channel behind ports of the design's top. Checks the rules that the design must keep: bursts of at most 16 beats, none over 4 KiB, addresses inside the channel,
/// valid and payload stable until ready.
/// </summary>
public sealed class MemoryChannel
{
    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    private const int Page = 4096;
    private const int MaxBurst = 16;
    private readonly IEngine _engine;
    private readonly string _name;
    private readonly byte[] _memory;
    private readonly ChannelTiming _timing;
    private readonly int _beatBytes;
    private readonly PortSlot _arValid, _arAddress, _arLength, _arReady, _rValid, _rData, _rReady;
    private readonly PortSlot _wValid, _wAddress, _wData, _wStrobe, _wReady, _bValid, _bError, _bReady;
    private readonly Queue<(long Address, int Beats, long Ready)> _bursts = new();
    private readonly Queue<long> _responses = new();
    private readonly Random? _random;
    private readonly byte[] _heldWrite;
    private long _cycle;
    private long _burstAddress;
    private int _burstBeats;
    private long _dataFrom;
    private long _openRow = -1;
    private bool _readHeld, _writeHeld, _dataOffered, _responseOffered;
    private long _heldAddress;

    /// <summary>Attaches a channel to an engine.</summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="ports">The design's ports of the channel.</param>
    /// <param name="memory">Contents, which writes change.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="seed">Seed of random stalls, if the timing has any.</param>
    public MemoryChannel(IEngine engine, ChannelPorts ports, byte[] memory, ChannelTiming timing, int seed = 0)
    {
        (_engine, _name, _memory, _timing) = (engine, ports.Name, memory, timing);
        PortSlot Port(string name) => new(engine, name);
        (_arValid, _arReady, _arAddress, _arLength) = (Port(ports.ReadValid), Port(ports.ReadReady), Port(ports.ReadAddress), Port(ports.ReadLength));
        (_rValid, _rReady, _rData) = (Port(ports.DataValid), Port(ports.DataReady), Port(ports.Data));
        (_wValid, _wReady) = (Port(ports.WriteValid), Port(ports.WriteReady));
        (_wAddress, _wData, _wStrobe) = (Port(ports.WriteAddress), Port(ports.WriteData), Port(ports.WriteStrobe));
        (_bValid, _bReady, _bError) = (Port(ports.ResponseValid), Port(ports.ResponseReady), Port(ports.ResponseError));
        _beatBytes = _rData.Port.Type.Lanes;
        _heldWrite = new byte[_beatBytes];
        _random = timing.StallProbability > 0 || timing.LatencyJitter > 0 ? new Random(seed) : null;
    }

    /// <summary>Beats that the design has read.</summary>
    public long BeatsRead { get; private set; }

    /// <summary>Beats that it has written.</summary>
    public long BeatsWritten { get; private set; }

    /// <summary>Sets this cycle's inputs; before the engine settles.</summary>
    [MethodImpl(Hot)]
    public void Drive()
    {
        var ports = new PortBlock(_engine);
        var refreshing = _timing.RefreshInterval > 0 && _cycle % _timing.RefreshInterval < _timing.RefreshCycles;
        ports.Drive(_arReady, _bursts.Count < 64 && !Stalls());
        ports.Drive(_wReady, !refreshing && _responses.Count < 64 && !Stalls());
        if (_burstBeats == 0 && _bursts.TryPeek(out var next) && next.Ready <= _cycle)
        {
            _bursts.Dequeue();
            (_burstAddress, _burstBeats) = (next.Address, next.Beats);
            var row = _timing.RowBytes > 0 ? next.Address / _timing.RowBytes : 0;
            _dataFrom = row == _openRow || row == _openRow + 1 ? _cycle : _cycle + _timing.RowMissCycles;
            _openRow = row;
        }

        // A beat that was offered stays offered: AXI's rule holds for the memory too.
        if (!_dataOffered && _burstBeats > 0 && _cycle >= _dataFrom && !refreshing && !Stalls())
        {
            _dataOffered = true;
            _memory.AsSpan((int)_burstAddress, _beatBytes).CopyTo(ports.Input(_rData));
        }

        ports.Drive(_rValid, _dataOffered);

        _responseOffered = _responseOffered || (_responses.TryPeek(out var due) && due <= _cycle && !Stalls());
        ports.Drive(_bValid, _responseOffered);
        ports.Drive(_bError, false);
    }

    /// <summary>Takes this cycle's handshakes; after the engine has settled and before it ticks.</summary>
    /// <returns>Whether there was one: a burst, a beat, a write or a response has moved.</returns>
    [MethodImpl(Hot)]
    public bool Sample()
    {
        var ports = new PortBlock(_engine);
        var moved = SampleRead(in ports);
        moved |= SampleWrite(in ports);
        if (_dataOffered && ports.IsHigh(_rReady))
        {
            moved = true;
            _dataOffered = false;
            _burstAddress += _beatBytes;
            _burstBeats--;
            BeatsRead++;
        }

        if (_responseOffered && ports.IsHigh(_bReady))
        {
            moved = true;
            _responseOffered = false;
            _responses.Dequeue();
        }

        _cycle++;
        return moved;
    }

    [MethodImpl(Hot)]
    private bool SampleRead(in PortBlock ports)
    {
        var valid = ports.IsHigh(_arValid);
        if (_readHeld && !valid)
        {
            throw Broken("a read address was withdrawn before it was taken");
        }

        if (!valid)
        {
            return false;
        }

        long address = BitConverter.ToUInt32(ports.Output(_arAddress));
        var beats = ports.Output(_arLength)[0] + 1;
        if (_readHeld && address != _heldAddress)
        {
            throw Broken("a read address changed before it was taken");
        }

        (_readHeld, _heldAddress) = (ports.Input(_arReady)[0] == 0, address);
        if (_readHeld)
        {
            return false;
        }

        var last = address + (beats * _beatBytes) - 1;
        if (beats > MaxBurst || address / Page != last / Page || last >= _memory.Length || address % _beatBytes != 0)
        {
            throw Broken($"a burst of {beats} beats at address {address} is too long, crosses 4 KiB, is unaligned, or leaves the channel's {_memory.Length} bytes");
        }

        var jitter = _random is null || _timing.LatencyJitter == 0 ? 0 : _random.Next(_timing.LatencyJitter + 1);
        _bursts.Enqueue((address, beats, _cycle + _timing.Latency + jitter));
        return true;
    }

    [MethodImpl(Hot)]
    private bool SampleWrite(in PortBlock ports)
    {
        var valid = ports.IsHigh(_wValid);
        if (!valid && !_writeHeld)
        {
            return false;
        }

        var data = ports.Output(_wData);
        if (_writeHeld && (!valid || !data.SequenceEqual(_heldWrite)))
        {
            throw Broken("a write changed before it was taken");
        }

        _writeHeld = ports.Input(_wReady)[0] == 0;
        if (_writeHeld)
        {
            data.CopyTo(_heldWrite);
            return false;
        }

        long address = BitConverter.ToUInt32(ports.Output(_wAddress));
        if (address + _beatBytes > _memory.Length || address % _beatBytes != 0)
        {
            throw Broken($"a write at address {address} is unaligned or leaves the channel's {_memory.Length} bytes");
        }

        var strobe = ports.Output(_wStrobe);
        for (var i = 0; i < _beatBytes; i++)
        {
            if (strobe[i] != 0)
            {
                _memory[address + i] = data[i];
            }
        }

        BeatsWritten++;
        _responses.Enqueue(_cycle + _timing.Latency);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Stalls() => _random is not null && _random.NextDouble() < _timing.StallProbability;

    private SimulationException Broken(string what) => new($"{_name} at cycle {_cycle}: {what}");
}
