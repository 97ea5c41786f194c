using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Runtime;

/// <summary>The host protocol: positions and embeddings go in as fast as the machine takes them, hidden states come out whenever it offers them.</summary>
internal sealed class HostStreams
{
    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    private readonly int _lanes;
    private readonly int _packets;
    private readonly PortSlot _tokenValid, _tokenPosition, _tokenReady, _embeddingValid, _embeddingData, _embeddingReady, _hiddenValid, _hiddenData, _hiddenReady;
    private TokenInput[] _tokens = [];
    private int[][] _hidden = [];
    private int _tokensSent, _embeddingsSent, _received;

    /// <param name="engine">Runs the machine.</param>
    /// <param name="ports">Its ports.</param>
    /// <param name="lanes">Values of a packet.</param>
    /// <param name="packets">Packets of a vector.</param>
    public HostStreams(IEngine engine, HostPorts ports, int lanes, int packets)
    {
        (_lanes, _packets) = (lanes, packets);
        PortSlot Port(string name) => new(engine, name);
        (_tokenValid, _tokenReady, _tokenPosition) = (Port(ports.TokenValid), Port(ports.TokenReady), Port(ports.TokenPosition));
        (_embeddingValid, _embeddingReady, _embeddingData) = (Port(ports.EmbeddingValid), Port(ports.EmbeddingReady), Port(ports.EmbeddingData));
        (_hiddenValid, _hiddenReady, _hiddenData) = (Port(ports.HiddenValid), Port(ports.HiddenReady), Port(ports.HiddenData));
    }

    /// <summary>Cycle in which the first position was taken; -1 before.</summary>
    public long Start { get; private set; }

    /// <summary>Every hidden state has arrived.</summary>
    public bool IsDone => _received == _hidden.Length * _packets;

    /// <summary>The hidden states, [token][embed].</summary>
    public int[][] Hidden => _hidden;

    /// <summary>New tokens, after those before are done.</summary>
    public void Begin(IReadOnlyList<TokenInput> tokens)
    {
        _tokens = [.. tokens];
        _hidden = [.. tokens.Select(_ => new int[_packets * _lanes])];
        (_tokensSent, _embeddingsSent, _received, Start) = (0, 0, 0, -1);
    }

    /// <summary>Sets this cycle's inputs.</summary>
    [MethodImpl(Hot)]
    public void Drive(in PortBlock ports)
    {
        ports.Drive(_tokenValid, _tokensSent < _tokens.Length);
        WritePosition(ports.Input(_tokenPosition), _tokens[Math.Min(_tokensSent, _tokens.Length - 1)].Position);
        var offers = _embeddingsSent < _tokens.Length * _packets;
        ports.Drive(_embeddingValid, offers);
        if (offers)
        {
            var (token, packet) = Math.DivRem(_embeddingsSent, _packets);
            _tokens[token].Embedding.AsSpan(packet * _lanes, _lanes).CopyTo(MemoryMarshal.Cast<byte, int>(ports.Input(_embeddingData)));
        }

        ports.Drive(_hiddenReady, true);
    }

    /// <summary>Takes this cycle's handshakes.</summary>
    /// <returns>Whether there was one.</returns>
    [MethodImpl(Hot)]
    public bool Sample(in PortBlock ports, long cycle)
    {
        var moved = false;
        if (Fires(ports, _tokenValid, _tokenReady))
        {
            Start = _tokensSent == 0 ? cycle : Start;
            _tokensSent++;
            moved = true;
        }

        if (Fires(ports, _embeddingValid, _embeddingReady))
        {
            _embeddingsSent++;
            moved = true;
        }

        if (ports.IsHigh(_hiddenValid) && ports.Input(_hiddenReady)[0] != 0)
        {
            var (token, packet) = Math.DivRem(_received, _packets);
            MemoryMarshal.Cast<byte, int>(ports.Output(_hiddenData))[.._lanes].CopyTo(_hidden[token].AsSpan(packet * _lanes));
            _received++;
            moved = true;
        }

        return moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Fires(in PortBlock ports, in PortSlot valid, in PortSlot ready) => ports.Input(valid)[0] != 0 && ports.IsHigh(ready);

    private static void WritePosition(Span<byte> storage, int position)
    {
        if (storage.Length == 1)
        {
            storage[0] = (byte)position;
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(storage, (ushort)position);
        }
    }
}
