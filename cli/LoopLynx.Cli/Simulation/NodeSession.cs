using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LoopLynx.Accelerator;
using LoopLynx.Sim;
using LoopLynx.Sim.Memory;
using LoopLynx.Sim.Streams;

namespace LoopLynx.Cli.Simulation;

/// <summary>A simulated machine, one node or a ring, with its memory channels: the host's side of the wires, the same for every engine.</summary>
public sealed class NodeSession : IDisposable
{
    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    // A stage that makes no progress for this long waits for something that will never come.
    private const long WatchdogCycles = 200_000;

    private readonly IEngine _engine;
    private readonly NodeConfiguration _configuration;
    private readonly AxiChannel[] _channels;
    private readonly PortSlot _tokenValid, _tokenData, _tokenReady, _embeddingValid, _embeddingData, _embeddingReady, _hiddenValid, _hiddenData, _hiddenReady, _stage, _activity, _writeFailed;

    /// <summary>Attaches memory to an engine that runs a <see cref="LoopLynxNode"/> or a <see cref="LoopLynxRing"/>, and resets it. The session owns the engine.</summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="memory">Contents of each channel, node after node; KV writes change them.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="seed">Seed of random stalls, if the timing has any.</param>
    public NodeSession(IEngine engine, NodeConfiguration configuration, byte[][] memory, ChannelTiming timing, int seed = 0)
    {
        (_engine, _configuration) = (engine, configuration);
        PortSlot Port(string name) => new(engine, name);
        (_tokenValid, _tokenData, _tokenReady) = (Port("Token_valid"), Port("Token_data"), Port("Token_ready"));
        (_embeddingValid, _embeddingData, _embeddingReady) = (Port("Embedding_valid"), Port("Embedding_data"), Port("Embedding_ready"));
        (_hiddenValid, _hiddenData, _hiddenReady) = (Port("Hidden_valid"), Port("Hidden_data"), Port("Hidden_ready"));
        (_stage, _activity, _writeFailed) = (Port("CurrentStage"), Port("CurrentActivity"), Port("WriteFailed"));
        _channels = [.. memory.Select((m, i) => new AxiChannel(engine, $"Channel{i}", m, timing, unchecked((seed * 31) + i)))];
        engine.ResetAll();
    }

    /// <summary>Cycles of the last token by stage and activity of node 0.</summary>
    public StageCycles Stages { get; } = new();

    /// <summary>Records the FIFOs' fills of every cycle; null: nobody looks.</summary>
    public FifoMonitor? Monitor { get; init; }

    /// <summary>Beats that each channel has delivered since the start, node after node.</summary>
    public IEnumerable<long> BeatsRead => _channels.Select(c => c.BeatsRead);

    /// <summary>Cycles since reset.</summary>
    public long Cycle => _engine.Cycle;

    /// <summary>
    /// Runs one token. <paramref name="embedding"/>: [embed] residual values; <paramref name="hidden"/>: [embed], receives the hidden state after the last block.
    /// </summary>
    /// <returns>Cycles from the position's transfer to the last hidden packet's.</returns>
    /// <exception cref="SimulationException">The design stopped making progress, or broke a memory rule.</exception>
    [MethodImpl(Hot)]
    public long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        var lanes = _configuration.PacketLanes;
        var packets = _configuration.Embed / lanes;
        Stages.Clear();
        var (sent, received, tokenSent, start) = (0, 0, false, -1L);
        var lastProgress = _engine.Cycle;
        var stageBefore = (byte)0;
        while (received < packets)
        {
            cancel.ThrowIfCancellationRequested();
            var ports = new PortBlock(_engine);
            ports.Drive(_tokenValid, !tokenSent);
            WritePosition(ports.Input(_tokenData), position);
            ports.Drive(_embeddingValid, sent < packets);
            if (sent < packets)
            {
                embedding.Slice(sent * lanes, lanes).CopyTo(MemoryMarshal.Cast<byte, int>(ports.Input(_embeddingData)));
            }

            ports.Drive(_hiddenReady, true);
            SettleCycle();
            var stage = ports.Output(_stage)[0];
            Stages.Count(stage, ports.Output(_activity)[0]);
            if (ports.IsHigh(_writeFailed))
            {
                throw new SimulationException($"memory answered a KV write with an error (cycle {_engine.Cycle})");
            }

            if (!tokenSent && ports.IsHigh(_tokenReady))
            {
                (tokenSent, start) = (true, _engine.Cycle);
            }

            if (sent < packets && ports.IsHigh(_embeddingReady))
            {
                sent++;
            }

            if (ports.IsHigh(_hiddenValid))
            {
                MemoryMarshal.Cast<byte, int>(ports.Output(_hiddenData))[..lanes].CopyTo(hidden.Slice(received * lanes, lanes));
                received++;
            }

            if (stage != stageBefore)
            {
                (stageBefore, lastProgress) = (stage, _engine.Cycle);
            }
            else if (_engine.Cycle - lastProgress > WatchdogCycles)
            {
                throw new SimulationException($"the node has been in stage {(Stage)stage} for {WatchdogCycles} cycles without finishing (cycle {_engine.Cycle}); {StreamWatch.Describe(_engine)}");
            }

            _engine.Tick();
            Monitor?.Sample();
        }

        return _engine.Cycle - start;
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    [MethodImpl(Hot)]
    private void SettleCycle()
    {
        foreach (var channel in _channels)
        {
            channel.Drive();
        }

        _engine.Settle();
        foreach (var channel in _channels)
        {
            channel.Sample();
        }
    }

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
