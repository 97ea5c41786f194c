using System.Runtime.CompilerServices;
using LoopLynx.Accelerator;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;
using LoopLynx.Sim.Streams;

namespace LoopLynx.Runtime;

/// <summary>A simulated machine, one node or a ring, with its memory channels: the host's side of the wires, the same for every engine.</summary>
public sealed class NodeSession : ITokenMachine
{
    /// <summary>Cycles without a handshake that count as a hang: several times the longest pass inside a node, with the slowest memory.</summary>
    public const int DefaultWatchdogCycles = 50_000;

    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    private readonly IEngine _engine;
    private readonly MemoryChannel[] _channels;
    private readonly CardMemory? _card;
    private readonly HostStreams _host;
    private readonly PortSlot _stage, _activity, _writeFailed, _readFailed;
    private readonly PortSlot? _pace;
    private readonly ushort _paceValue;

    /// <summary>
    /// Attaches memory to an engine that runs a <see cref="LoopLynxNode"/> or a <see cref="LoopLynxRing"/>, and resets it. The session owns the engine.
    /// </summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="memory">Contents of each channel, node after node; KV writes change them.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="seed">Seed of random stalls, if the timing has any.</param>
    public NodeSession(IEngine engine, NodeConfiguration configuration, byte[][] memory, ChannelTiming timing, int seed = 0)
        : this(engine, configuration, memory, _ => timing, seed)
    {
    }

    /// <summary>As the other constructor, with a timing of its own for each channel.</summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="memory">Contents of each channel, node after node; KV writes change them.</param>
    /// <param name="timing">When a channel answers, by its number.</param>
    /// <param name="seed">Seed of random stalls, if the timings have any.</param>
    public NodeSession(IEngine engine, NodeConfiguration configuration, byte[][] memory, Func<int, ChannelTiming> timing, int seed = 0)
    {
        (_engine, Stages) = (engine, new StageCycles(configuration.Program));
        var ports = MachinePorts.Host;
        _host = new HostStreams(engine, ports, configuration.PacketLanes, configuration.Embed / configuration.PacketLanes);
        (_stage, _activity) = (new(engine, ports.Stage), new(engine, ports.Activity));
        (_writeFailed, _readFailed) = (new(engine, ports.WriteFailed), new(engine, ports.ReadFailed));
        int Number(int i) => timing(i).Card is { } card ? CardMemory.NumberOf(card, i, configuration.Channels) : 0;
        _channels =
            [.. memory.Select((m, i) => new MemoryChannel(engine, MachinePorts.Channel(i), m, timing(i), unchecked((seed * 31) + i), Number(i)))];
        _card = timing(0).Card is { } figures ? new CardMemory(figures, _channels, configuration.Channels) : null;
        if (configuration.PacesReads)
        {
            (_pace, _paceValue) = (new(engine, ports.ReadPace), (ushort)CardPace.Register(timing(0), configuration));
        }

        engine.ResetAll();
    }

    /// <summary>Cycles of the last run by stage and activity of node 0.</summary>
    public StageCycles Stages { get; }

    /// <summary>Takes part in every cycle; null: nobody does.</summary>
    public CycleProbe? Probe { get; init; }

    /// <summary>Cycles without a handshake on any memory or host port after which a run ends with an error.</summary>
    public int WatchdogCycles { get; init; } = DefaultWatchdogCycles;

    /// <summary>Beats that each channel has delivered since the start, node after node.</summary>
    public IEnumerable<long> BeatsRead => _channels.Select(c => c.BeatsRead);

    /// <summary>The most that a card's memory has moved in a window of its power limit, in GB/s; null: the memory isn't a card's.</summary>
    public double? PeakGBps => _card?.PeakGBps;

    /// <summary>Cycles since reset.</summary>
    public long Cycle => _engine.Cycle;

    /// <summary>Runs one token.</summary>
    /// <param name="embedding">[embed] residual values.</param>
    /// <param name="position">The token's position, from 0.</param>
    /// <param name="hidden">[embed], receives the hidden state after the last block.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <returns>Cycles from the position's transfer to the last hidden packet's.</returns>
    /// <exception cref="SimulationException">The design stopped making progress, or broke a memory rule.</exception>
    public long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        var cycles = Run([new TokenInput(position, embedding.ToArray())], cancel);
        _host.Hidden[0].CopyTo(hidden);
        return cycles;
    }

    /// <summary>Runs tokens; positions and embeddings are offered as early as the machine takes them.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <returns>The hidden states after the last block, [token][embed].</returns>
    /// <exception cref="SimulationException">The design stopped making progress, or broke a memory rule.</exception>
    public int[][] RunTokens(IReadOnlyList<TokenInput> tokens, CancellationToken cancel = default)
    {
        Run(tokens, cancel);
        return _host.Hidden;
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    [MethodImpl(Hot)]
    private long Run(IReadOnlyList<TokenInput> tokens, CancellationToken cancel)
    {
        _host.Begin(tokens);
        Stages.Clear();
        var lastMoved = _engine.Cycle;
        while (!_host.IsDone)
        {
            cancel.ThrowIfCancellationRequested();
            var moved = SettleCycle();
            var ports = new PortBlock(_engine);
            var stage = ports.Output(_stage)[0];
            Stages.Count(stage, ports.Output(_activity)[0]);
            CheckAnswers(in ports);

            if (moved)
            {
                lastMoved = _engine.Cycle;
            }
            else if (_engine.Cycle - lastMoved >= WatchdogCycles)
            {
                throw new SimulationException(
                    $"nothing has moved on a memory or host port for {WatchdogCycles} cycles (cycle {_engine.Cycle}), "
                    + $"the node is in stage {Stages.NameOf(stage)}; {StreamWatch.Describe(_engine)}");
            }

            _engine.Tick();
            Probe?.Ticked();
        }

        return _engine.Cycle - _host.Start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckAnswers(in PortBlock ports)
    {
        if (ports.IsHigh(_writeFailed) || ports.IsHigh(_readFailed))
        {
            throw new SimulationException($"memory answered {(ports.IsHigh(_writeFailed) ? "a KV write" : "a read")} with an error (cycle {_engine.Cycle})");
        }
    }

    /// <summary>Drives all inputs, computes the outputs, and takes the handshakes.</summary>
    /// <returns>Whether there was one.</returns>
    [MethodImpl(Hot)]
    private bool SettleCycle()
    {
        var ports = new PortBlock(_engine);
        _host.Drive(ports);
        if (_pace is { } pace)
        {
            BitConverter.TryWriteBytes(ports.Input(pace), _paceValue);
        }

        foreach (var channel in _channels)
        {
            channel.Drive(in ports);
        }

        Probe?.Driven();
        _engine.Settle();
        Probe?.Settled();
        var moved = _host.Sample(ports, _engine.Cycle);
        foreach (var channel in _channels)
        {
            moved |= channel.Sample(in ports);
        }

        _card?.Step();

        return moved;
    }
}
