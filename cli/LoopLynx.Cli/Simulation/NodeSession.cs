using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LoopLynx.Accelerator;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Memory;

namespace LoopLynx.Cli.Simulation;

/// <summary>A simulated node with its memory channels: the host's side of the wires, the same for every engine.</summary>
public sealed class NodeSession : IDisposable
{
    // A stage that makes no progress for this long waits for something that will never come.
    private const long WatchdogCycles = 200_000;

    private readonly IEngine _engine;
    private readonly NodeConfiguration _configuration;
    private readonly AxiChannel[] _channels;
    private readonly PortInfo _tokenValid, _tokenData, _tokenReady, _embeddingValid, _embeddingData, _embeddingReady, _hiddenValid, _hiddenData, _hiddenReady, _stage;

    /// <summary>Attaches memory to an engine that runs a <see cref="LoopLynxNode"/>, and resets it. The session owns the engine.</summary>
    /// <param name="engine">Runs the design of a node.</param>
    /// <param name="configuration">The node's configuration.</param>
    /// <param name="memory">Contents of each channel; KV writes change them.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="seed">Seed of random stalls, if the timing has any.</param>
    public NodeSession(IEngine engine, NodeConfiguration configuration, byte[][] memory, ChannelTiming timing, int seed = 0)
    {
        (_engine, _configuration) = (engine, configuration);
        var top = engine.Design.Top;
        (_tokenValid, _tokenData, _tokenReady) = (top.Port("Token_valid"), top.Port("Token_data"), top.Port("Token_ready"));
        (_embeddingValid, _embeddingData, _embeddingReady) = (top.Port("Embedding_valid"), top.Port("Embedding_data"), top.Port("Embedding_ready"));
        (_hiddenValid, _hiddenData, _hiddenReady) = (top.Port("Hidden_valid"), top.Port("Hidden_data"), top.Port("Hidden_ready"));
        _stage = top.Port("CurrentStage");
        _channels = [.. memory.Select((m, i) => new AxiChannel(engine, $"Channel{i}", m, timing, unchecked((seed * 31) + i)))];
        engine.ResetAll();
    }

    /// <summary>Cycles that each stage took in the last token.</summary>
    public long[] StageCycles { get; } = new long[Enum.GetValues<Stage>().Length];

    /// <summary>Beats that the first channel has delivered since the start.</summary>
    public long BeatsRead => _channels[0].BeatsRead;

    /// <summary>Cycles since reset.</summary>
    public long Cycle => _engine.Cycle;

    /// <summary>
    /// Runs one token. <paramref name="embedding"/>: [embed] residual values; <paramref name="hidden"/>: [embed], receives the hidden state after the last block.
    /// </summary>
    /// <returns>Cycles from the position's transfer to the last hidden packet's.</returns>
    /// <exception cref="SimulationException">The design stopped making progress, or broke a memory rule.</exception>
    public long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        var lanes = _configuration.Channels;
        var packets = _configuration.Embed / lanes;
        Array.Clear(StageCycles);
        var (sent, received, tokenSent, start) = (0, 0, false, -1L);
        var lastProgress = _engine.Cycle;
        var stageBefore = (byte)0;
        while (received < packets)
        {
            cancel.ThrowIfCancellationRequested();
            _engine.Input(_tokenValid)[0] = tokenSent ? (byte)0 : (byte)1;
            WritePosition(position);
            _engine.Input(_embeddingValid)[0] = sent < packets ? (byte)1 : (byte)0;
            if (sent < packets)
            {
                embedding.Slice(sent * lanes, lanes).CopyTo(MemoryMarshal.Cast<byte, int>(_engine.Input(_embeddingData)));
            }

            _engine.Input(_hiddenReady)[0] = 1;
            SettleCycle(out var stage);
            StageCycles[stage]++;
            if (!tokenSent && _engine.Output(_tokenReady)[0] != 0)
            {
                (tokenSent, start) = (true, _engine.Cycle);
            }

            if (sent < packets && _engine.Output(_embeddingReady)[0] != 0)
            {
                sent++;
            }

            if (_engine.Output(_hiddenValid)[0] != 0)
            {
                MemoryMarshal.Cast<byte, int>(_engine.Output(_hiddenData)).CopyTo(hidden.Slice(received * lanes, lanes));
                received++;
            }

            if (stage != stageBefore)
            {
                (stageBefore, lastProgress) = (stage, _engine.Cycle);
            }
            else if (_engine.Cycle - lastProgress > WatchdogCycles)
            {
                throw new SimulationException($"the node has been in stage {(Stage)stage} for {WatchdogCycles} cycles without finishing (cycle {_engine.Cycle}): a stream waits for something that doesn't come");
            }

            _engine.Tick();
        }

        return _engine.Cycle - start;
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private void SettleCycle(out byte stage)
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

        stage = _engine.Output(_stage)[0];
    }

    private void WritePosition(int position)
    {
        var storage = _engine.Input(_tokenData);
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
