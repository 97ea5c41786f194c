using System.Runtime.CompilerServices;

namespace LoopLynx.Sim.Memory;

/// <summary>
/// One memory channel behind an AXI port of the design's top: ports <c>prefix_ar_valid</c>, <c>prefix_r_data</c>, <c>prefix_w_...</c>, <c>prefix_b_...</c>.
/// Checks the rules that the design must keep: bursts of at most 16 beats, none over 4 KiB, addresses inside the channel, valid and payload stable until ready.
/// </summary>
public sealed class AxiChannel
{
    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    private const int Page = 4096;
    private const int MaxBurst = 16;
    private readonly IEngine _engine;
    private readonly string _prefix;
    private readonly byte[] _memory;
    private readonly ChannelTiming _timing;
    private readonly int _beatBytes;
    private readonly PortSlot _arValid, _arAddress, _arLength, _arReady, _rValid, _rData, _rReady, _wValid, _wAddress, _wData, _wStrobe, _wReady, _bValid, _bData, _bReady;
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

    /// <summary>Attaches a channel with the given contents, which writes change.</summary>
    public AxiChannel(IEngine engine, string prefix, byte[] memory, ChannelTiming timing, int seed = 0)
    {
        (_engine, _prefix, _memory, _timing) = (engine, prefix, memory, timing);
        PortSlot Port(string name) => new(engine, $"{prefix}_{name}");
        (_arValid, _arAddress, _arLength, _arReady) = (Port("ar_valid"), Port("ar_Address"), Port("ar_Length"), Port("ar_ready"));
        (_rValid, _rData, _rReady) = (Port("r_valid"), Port("r_data"), Port("r_ready"));
        (_wValid, _wAddress, _wData, _wStrobe, _wReady) = (Port("w_valid"), Port("w_Address"), Port("w_Data"), Port("w_Strobe"), Port("w_ready"));
        (_bValid, _bData, _bReady) = (Port("b_valid"), Port("b_data"), Port("b_ready"));
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
        ports.Drive(_bData, false);
    }

    /// <summary>Takes this cycle's handshakes; after the engine has settled and before it ticks.</summary>
    [MethodImpl(Hot)]
    public void Sample()
    {
        var ports = new PortBlock(_engine);
        SampleRead(in ports);
        SampleWrite(in ports);
        if (_dataOffered && ports.IsHigh(_rReady))
        {
            _dataOffered = false;
            _burstAddress += _beatBytes;
            _burstBeats--;
            BeatsRead++;
        }

        if (_responseOffered && ports.IsHigh(_bReady))
        {
            _responseOffered = false;
            _responses.Dequeue();
        }

        _cycle++;
    }

    [MethodImpl(Hot)]
    private void SampleRead(in PortBlock ports)
    {
        var valid = ports.IsHigh(_arValid);
        if (_readHeld && !valid)
        {
            throw Broken("a read address was withdrawn before it was taken");
        }

        if (!valid)
        {
            return;
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
            return;
        }

        if (beats > MaxBurst || (address / Page) != ((address + (beats * _beatBytes) - 1) / Page) || address + (beats * _beatBytes) > _memory.Length || address % _beatBytes != 0)
        {
            throw Broken($"a burst of {beats} beats at address {address} is too long, crosses 4 KiB, is unaligned, or leaves the channel's {_memory.Length} bytes");
        }

        _bursts.Enqueue((address, beats, _cycle + _timing.Latency + (_random is null || _timing.LatencyJitter == 0 ? 0 : _random.Next(_timing.LatencyJitter + 1))));
    }

    [MethodImpl(Hot)]
    private void SampleWrite(in PortBlock ports)
    {
        var valid = ports.IsHigh(_wValid);
        if (!valid && !_writeHeld)
        {
            return;
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
            return;
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Stalls() => _random is not null && _random.NextDouble() < _timing.StallProbability;

    private SimulationException Broken(string what) => new($"{_prefix} at cycle {_cycle}: {what}");
}
