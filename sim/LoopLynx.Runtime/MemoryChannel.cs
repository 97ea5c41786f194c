using System.Runtime.CompilerServices;
using LoopLynx.Contract;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Runtime;

/// <summary>
/// One memory channel behind an AXI4 port of the design's top. It checks what is the memory's own: bursts of at most 16 beats, none over 4 KiB,
/// aligned addresses inside the channel. That the bus's rules are kept is the protocol checkers' business (<see cref="SimulationTop"/>). Addresses and data
/// of writes are taken each in its own time, in any order.
/// </summary>
public sealed class MemoryChannel
{
    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    // Requests of each kind that wait at a time, where the card doesn't say.
    private const int Room = 64;

    private readonly IEngine _engine;
    private readonly string _name;
    private readonly byte[] _memory;
    private readonly ChannelTiming _timing;
    private readonly int _beatBytes;
    private readonly PortSlot _arValid, _arAddress, _arLength, _arReady, _rValid, _rData, _rLast, _rResponse, _rReady;
    private readonly PortSlot _awValid, _awAddress, _awLength, _awReady, _wValid, _wData, _wStrobe, _wReady, _bValid, _bResponse, _bReady;
    private readonly Queue<long> _beatsReady = new();
    private readonly HbmChannel? _card;
    private readonly int _room;
    private readonly Random? _random;
    private readonly bool _pauses;
    private InlineQueue<(long Address, int Beats, long Ready)> _bursts = new(Room);
    private InlineQueue<(long Address, int Beats)> _writes = new(Room);
    private InlineQueue<(byte[] Data, byte[] Strobe)> _early = new(Room);
    private InlineQueue<long> _responses = new(Room);
    private long _cycle;
    private long _burstAddress;
    private int _burstBeats;
    private int _writtenBeats;
    private bool _dataOffered, _responseOffered;

    /// <summary>Attaches a channel to an engine.</summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="ports">The design's ports of the channel.</param>
    /// <param name="memory">Contents, which writes change.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="seed">Seed of random stalls, if the timing has any.</param>
    /// <param name="number">Number of the channel on its card, if the timing has one.</param>
    public MemoryChannel(IEngine engine, ChannelPorts ports, byte[] memory, ChannelTiming timing, int seed = 0, int number = 0)
    {
        (_engine, _name, _memory, _timing) = (engine, ports.Name, memory, timing);
        PortSlot Port(string signal) => new(engine, ports[signal]);
        (_arValid, _arReady, _arAddress, _arLength) = (Port("arvalid"), Port("arready"), Port("araddr"), Port("arlen"));
        (_rValid, _rReady, _rData, _rLast, _rResponse) = (Port("rvalid"), Port("rready"), Port("rdata"), Port("rlast"), Port("rresp"));
        (_awValid, _awReady, _awAddress, _awLength) = (Port("awvalid"), Port("awready"), Port("awaddr"), Port("awlen"));
        (_wValid, _wReady, _wData, _wStrobe) = (Port("wvalid"), Port("wready"), Port("wdata"), Port("wstrb"));
        (_bValid, _bReady, _bResponse) = (Port("bvalid"), Port("bready"), Port("bresp"));
        _beatBytes = _rData.Port.Type.Bits / 8;
        _card = timing.Card is { } card ? new HbmChannel(card, number, _beatBytes) : null;
        _room = timing.Card?.BurstsUnderWay ?? Room;
        _pauses = timing.RefreshInterval > 0;
        _random = timing.StallProbability > 0 || timing.LatencyJitter > 0 ? new Random(seed) : null;
    }

    /// <summary>Address of the contents' first byte on the port.</summary>
    public ulong Origin { get; init; }

    /// <summary>What goes wrong on the channel; null: nothing.</summary>
    public ChannelFault? Fault { get; set; }

    /// <summary>Beats that the design has read.</summary>
    public long BeatsRead { get; private set; }

    /// <summary>Beats that it has written.</summary>
    public long BeatsWritten { get; private set; }

    /// <summary>Bytes that it has read or written.</summary>
    public long BytesMoved => (BeatsRead + BeatsWritten) * _beatBytes;

    /// <summary>Sets this cycle's inputs; before the engine settles.</summary>
    public void Drive() => Drive(new PortBlock(_engine));

    /// <summary>Takes this cycle's handshakes; after the engine has settled and before it ticks.</summary>
    /// <returns>Whether there was one: a burst, a beat, a write or a response has moved.</returns>
    public bool Sample() => Sample(new PortBlock(_engine));

    /// <summary>As <see cref="Drive()"/>, for who drives several channels of an engine.</summary>
    [MethodImpl(Hot)]
    internal void Drive(in PortBlock ports)
    {
        var pauses = _pauses && _cycle % _timing.RefreshInterval < _timing.RefreshCycles;
        ports.Drive(_arReady, _bursts.Count < _room && !Stalls());
        ports.Drive(_awReady, !pauses && _responses.Count + _writes.Count < _room && !Stalls());
        ports.Drive(_wReady, !pauses && _responses.Count + _early.Count < _room && !Stalls());
        if (_burstBeats == 0 && _bursts.Count > 0 && _bursts.Next.Ready <= _cycle)
        {
            (_burstAddress, _burstBeats, _) = _bursts.Dequeue();
        }

        // A beat that was offered stays offered: AXI's rule holds for the memory too.
        if (!_dataOffered && _burstBeats > 0 && !pauses && IsReady() && Fault?.IsSilent(BeatsRead) != true && !Stalls())
        {
            _dataOffered = true;
            BeatCopy.Copy(_memory, _burstAddress, ports.Input(_rData));
            ports.Drive(_rLast, _burstBeats == 1);
            ports.Input(_rResponse)[0] = Fault?.ReadResponse(BeatsRead) ?? 0;
        }

        ports.Drive(_rValid, _dataOffered);

        if (!_responseOffered && _responses.Count > 0 && _responses.Next <= _cycle && !Stalls() && Fault?.IsMute(BeatsWritten) != true)
        {
            _responseOffered = true;
            ports.Input(_bResponse)[0] = Fault?.WriteResponse(BeatsWritten) ?? 0;
        }

        ports.Drive(_bValid, _responseOffered);
    }

    /// <summary>Forgets what is under way, as the card's reset does; the contents stay.</summary>
    public void Reset()
    {
        _bursts.Clear();
        _writes.Clear();
        _early.Clear();
        _responses.Clear();
        _beatsReady.Clear();
        (_burstBeats, _writtenBeats, _dataOffered, _responseOffered) = (0, 0, false, false);
    }

    /// <summary>As <see cref="Sample()"/>, for who samples several channels of an engine.</summary>
    [MethodImpl(Hot)]
    internal bool Sample(in PortBlock ports)
    {
        var moved = ports.IsHigh(_arValid) && SampleRead(in ports);
        if (ports.IsHigh(_awValid) || ports.IsHigh(_wValid))
        {
            moved |= SampleWrite(in ports);
        }

        if (_dataOffered && ports.IsHigh(_rReady))
        {
            moved = true;
            _dataOffered = false;
            _burstAddress += _beatBytes;
            _burstBeats--;
            BeatsRead++;
            if (_card is not null)
            {
                _beatsReady.Dequeue();
            }
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
        if (ports.Input(_arReady)[0] == 0)
        {
            return false;
        }

        var (address, beats) = Burst(ports.Output(_arAddress), ports.Output(_arLength));
        var jitter = _random is null || _timing.LatencyJitter == 0 ? 0 : _random.Next(_timing.LatencyJitter + 1);
        _bursts.Enqueue((address, beats, _card is null ? _cycle + _timing.Latency + jitter : _cycle + jitter));
        _card?.Read(_cycle, address, beats, _beatsReady);
        return true;
    }

    [MethodImpl(Hot)]
    private bool SampleWrite(in PortBlock ports)
    {
        var moved = false;
        if (ports.IsHigh(_awValid) && ports.Input(_awReady)[0] != 0)
        {
            moved = true;
            _writes.Enqueue(Burst(ports.Output(_awAddress), ports.Output(_awLength)));
        }

        if (ports.IsHigh(_wValid) && ports.Input(_wReady)[0] != 0)
        {
            moved = true;
            if (_writes.Count > 0 && _early.Count == 0)
            {
                Write(ports.Output(_wData), ports.Output(_wStrobe));
                return moved;
            }

            _early.Enqueue((ports.Output(_wData).ToArray(), ports.Output(_wStrobe).ToArray()));
        }

        while (_writes.Count > 0 && _early.Count > 0)
        {
            var (data, strobe) = _early.Dequeue();
            Write(data, strobe);
        }

        return moved;
    }

    /// <summary>Writes a beat of the oldest burst.</summary>
    private void Write(ReadOnlySpan<byte> data, ReadOnlySpan<byte> strobe)
    {
        var (address, beats) = _writes.Next;
        address += (long)_writtenBeats * _beatBytes;
        for (var i = 0; i < _beatBytes; i++)
        {
            if (strobe[i] != 0)
            {
                _memory[address + i] = data[i];
            }
        }

        BeatsWritten++;
        _writtenBeats++;
        if (_writtenBeats == beats)
        {
            _writtenBeats = 0;
            var (start, _) = _writes.Dequeue();
            _responses.Enqueue(_card?.Write(_cycle, start, beats) ?? _cycle + _timing.Latency);
        }
    }

    /// <summary>A burst that the channel can serve.</summary>
    private (long Address, int Beats) Burst(ReadOnlySpan<byte> addressPort, ReadOnlySpan<byte> lengthPort)
    {
        var (address, beats) = (BitConverter.ToUInt64(addressPort) - Origin, lengthPort[0] + 1);
        var last = address + (ulong)(beats * _beatBytes) - 1;
        var fits = last < (ulong)_memory.Length && address / MemorySizes.PageBytes == last / MemorySizes.PageBytes;
        if (!fits || beats > MemorySizes.MaxBurstBeats || address % (ulong)_beatBytes != 0)
        {
            throw new SimulationException(
                $"{_name} at cycle {_cycle}: a burst of {beats} beats at address {address} is too long, crosses 4 KiB, is unaligned, "
                + $"or leaves the channel's {_memory.Length} bytes");
        }

        return ((long)address, beats);
    }

    // On a card each beat has its own time; otherwise a burst's beats follow each other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsReady() => _card is null || _beatsReady.Peek() <= _cycle;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Stalls() => _random is not null && _random.NextDouble() < _timing.StallProbability;
}
