using LoopLynx.Accelerator;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>
/// A simulated kernel, or several on a ring, with their memory: the host's side of the card, the same for every engine. Everything goes through the kernels'
/// ports: registers through AXI4-Lite, tokens through the host's buffers, flits through links.
/// </summary>
public sealed class KernelSession : IDisposable
{
    /// <summary>Cycles after which a start that hasn't ended is given up: the kernel's own watchdog ends it long before.</summary>
    public const long DefaultLimit = 20_000_000;

    private readonly IReadOnlyList<IEngine> _engines;
    private readonly NodeConfiguration _configuration;
    private readonly Func<int, ChannelTiming> _timing;
    private readonly CardMemory? _card;
    private uint _epoch;

    /// <summary>Attaches memory to an engine that runs the <see cref="LoopLynxKernel"/> of a single node.</summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="memory">Contents of each channel; writes to the cache change them.</param>
    /// <param name="timing">When the memory answers, by channel; the last is the host's buffers.</param>
    /// <param name="seed">Seed of random stalls, if the timings have any.</param>
    public KernelSession(IEngine engine, NodeConfiguration configuration, byte[][] memory, Func<int, ChannelTiming> timing, int seed = 0)
        : this([engine], configuration, memory, timing, seed)
    {
    }

    /// <summary>
    /// Attaches memory to engines that run a <see cref="LoopLynxKernel"/> each, joins them to a ring, resets them and writes their pointers. The session owns
    /// them.
    /// </summary>
    /// <param name="engines">One for each node.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="memory">Contents of each channel, node after node; writes to the cache change them.</param>
    /// <param name="timing">When a node's memory answers, by channel; the last is the host's buffers.</param>
    /// <param name="seed">Seed of random stalls, if the timings have any.</param>
    /// <param name="linkStalls">How often a link doesn't take a flit.</param>
    /// <exception cref="ArgumentException">There aren't as many engines as nodes.</exception>
    public KernelSession(
        IReadOnlyList<IEngine> engines, NodeConfiguration configuration, byte[][] memory, Func<int, ChannelTiming> timing, int seed = 0, double linkStalls = 0)
    {
        if (engines.Count != configuration.Nodes)
        {
            throw new ArgumentException($"{configuration.Nodes} nodes need as many engines, not {engines.Count}", nameof(engines));
        }

        var c = LoopLynxKernel.Of(configuration);
        (_engines, _configuration, _timing) = (engines, c, timing);
        Units = [.. engines.Select((e, i) => new KernelUnit(e, c, i, memory[(i * c.Channels)..((i + 1) * c.Channels)], timing, seed, Step))];
        MemoryChannel[] channels = [.. Units.SelectMany(u => u.Channels.SkipLast(1))];
        _card = timing(0).Card is { } figures ? new CardMemory(figures, channels, c.Channels) : null;
        int Cycles(int from) => CardRing.LeavesCard(c, from) ? CardLink.Latency(c) : RingLink.Latency(c);
        KernelLink Link(IEngine sender, int i) => new(sender, engines[(i + 1) % c.Nodes], Cycles(i), linkStalls, unchecked((seed * 17) + i));
        Links = c.Nodes == 1 ? [] : [.. engines.Select(Link)];
        Reset();
    }

    /// <summary>The kernels.</summary>
    public IReadOnlyList<KernelUnit> Units { get; }

    /// <summary>The links: the first leads from node 0 to node 1. None on a single node.</summary>
    public IReadOnlyList<KernelLink> Links { get; }

    /// <summary>Cycles since power-up.</summary>
    public long Cycle => _engines[0].Cycle;

    /// <summary>Node 0's memory channels, then its host's buffers: to plant faults.</summary>
    public IReadOnlyList<MemoryChannel> Channels => Units[0].Channels;

    /// <summary>The memory behind node 0's host port.</summary>
    public Memory<byte> Buffers => Units[0].Buffers;

    /// <summary>Cycles after which a start that hasn't ended is given up.</summary>
    public long Limit { get; init; } = DefaultLimit;

    /// <summary>Is asked in every cycle of a start, with the cycles since the last node's was written.</summary>
    public Action<long>? EachCycle { get; set; }

    /// <summary>Cycles between the starts of the nodes: each has a host of its own.</summary>
    public Func<int, int>? Skew { get; set; }

    /// <summary>The most that a card's memory has moved in a window of its power limit, in GB/s; null: the memory isn't a card's.</summary>
    public double? PeakGBps => _card?.PeakGBps;

    /// <summary>How the last token has ended on each node.</summary>
    public IReadOnlyList<KernelReport> Reports { get; private set; } = [];

    /// <summary>Writes an argument that is a number, on all nodes.</summary>
    public void Set(string argument, uint value)
    {
        foreach (var unit in Units)
        {
            unit.Set(argument, value);
        }
    }

    /// <summary>Reads a register of node 0.</summary>
    public uint Read(int address) => Units[0].Read(address);

    /// <summary>Writes a register of node 0.</summary>
    public void Write(int address, uint value) => Units[0].Write(address, value);

    /// <summary>Runs one token: arguments, start, the interrupt, the acknowledgement, on all nodes.</summary>
    /// <param name="embedding">[embed] residual values.</param>
    /// <param name="position">The token's position.</param>
    /// <param name="hidden">[embed], receives node 0's hidden state if there was no fault.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <returns>Node 0's report; if there was a fault that of the node where it began.</returns>
    /// <exception cref="SimulationException">A kernel doesn't end, or broke a memory rule.</exception>
    public KernelReport RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        _epoch++;
        foreach (var unit in Units)
        {
            Wait(Skew?.Invoke(unit.Number) ?? 0);
            unit.Start(embedding, position, _epoch % (1u << RingFlit.EpochBits));
        }

        Reports = EndAll(cancel);
        if (Reports.All(r => r.Fault == KernelFault.None))
        {
            Units[0].Hidden().AsSpan(0, _configuration.Embed).CopyTo(hidden);
        }

        return Reports[RingOutcome.Cause([.. Reports.Select(r => r.Fault)]) ?? 0];
    }

    /// <summary>
    /// The platform's reset of a card, whatever its kernels do: they, their memory and their links begin anew, what was under way is lost, contents stay. The
    /// tokens of the other cards come to their end, whichever that is.
    /// </summary>
    /// <param name="card">Number of the card; null: all.</param>
    /// <returns>How the nodes of the other cards have ended the token, if one was under way.</returns>
    /// <exception cref="SimulationException">A kernel of another card doesn't end.</exception>
    public IReadOnlyList<KernelReport> Reset(int? card = null)
    {
        bool IsReset(int node) => card is null || node / CardRing.NodesOfCard == card;
        foreach (var link in Links.Where((_, i) => IsReset(i) || IsReset((i + 1) % Units.Count)))
        {
            link.Reset();
        }

        KernelUnit[] reset = [.. Units.Where(u => IsReset(u.Number))];
        foreach (var unit in reset)
        {
            unit.Reset();
        }

        Step();
        foreach (var unit in reset)
        {
            unit.Prepare(_timing);
        }

        return EndAll(CancellationToken.None);
    }

    /// <summary>
    /// The kernels' self-test instead of a token: every channel is read as fast as it answers and compared with a pattern. What the memory held is put back.
    /// </summary>
    /// <param name="bursts">Bursts of 16 beats to read of each channel.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <exception cref="ArgumentOutOfRangeException">A channel has fewer bytes.</exception>
    /// <exception cref="SimulationException">A kernel doesn't end, or has ended the test with a fault.</exception>
    public KernelTest SelfTest(int bursts, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bursts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bursts, 1 << ChannelTester.BurstBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bursts, Units.Min(u => u.MostBursts), nameof(bursts));
        var held = Units.Select(u => u.FillForTest(bursts)).ToArray();
        Set("flags", 1);
        Set("testBursts", (uint)bursts);
        KernelReport report;
        try
        {
            report = RunToken(new int[_configuration.Embed], 0, new int[_configuration.Embed], cancel);
        }
        finally
        {
            foreach (var (unit, bytes) in Units.Zip(held))
            {
                unit.PutBack(bytes);
            }
        }

        Set("flags", 0);
        return report.Fault == KernelFault.None
            ? KernelTest.Of(_configuration, [.. Reports.Select(r => r.Words)])
            : throw new SimulationException($"node {report.Node} has ended the self-test: {KernelFaultText.Of(report.Fault)} (channel {report.Channel})");
    }

    /// <summary>Lets cycles pass.</summary>
    public void Wait(int cycles)
    {
        for (var i = 0; i < cycles; i++)
        {
            Step();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var engine in _engines)
        {
            engine.Dispose();
        }
    }

    /// <summary>Steps until every kernel that was started has ended.</summary>
    private KernelReport[] EndAll(CancellationToken cancel)
    {
        KernelUnit[] running = [.. Units.Where(u => u.IsRunning)];
        var ends = new Dictionary<KernelUnit, long>();
        var begin = Cycle;
        while (ends.Count < running.Length)
        {
            cancel.ThrowIfCancellationRequested();
            EachCycle?.Invoke(Cycle - begin);
            Step();
            foreach (var unit in running.Where(u => u.Interrupts))
            {
                ends.TryAdd(unit, Cycle);
            }

            if (Cycle - begin > Limit)
            {
                throw new SimulationException($"the kernel hasn't ended after {Limit} cycles (cycle {Cycle})");
            }
        }

        return [.. running.Select(u => u.End(ends[u] - begin))];
    }

    private void Step()
    {
        foreach (var unit in Units)
        {
            unit.Drive();
        }

        foreach (var link in Links)
        {
            link.Drive();
        }

        foreach (var engine in _engines)
        {
            engine.Settle();
        }

        foreach (var unit in Units)
        {
            unit.Sample();
        }

        foreach (var link in Links)
        {
            link.Sample();
        }

        _card?.Step();

        foreach (var engine in _engines)
        {
            engine.Tick();
        }
    }
}
