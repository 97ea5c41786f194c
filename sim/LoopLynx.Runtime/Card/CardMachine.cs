using LoopLynx.Accelerator;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>The units of one card or several as a machine that runs tokens. Each unit is started by a thread of its own: the ring joins them.</summary>
public sealed class CardMachine : IKernelMachine
{
    // A token takes milliseconds; a unit that takes so long is told to end, and says why it couldn't.
    private const uint MostMilliseconds = 10_000;

    private readonly CardLibrary _library;
    private readonly NodeConfiguration _configuration;
    private readonly byte[][] _memory;
    private readonly List<CardUnit> _units = [];

    /// <summary>Opens the units and fills their memory.</summary>
    /// <param name="library">The host's library; the machine owns it.</param>
    /// <param name="xclbin">The file for the cards.</param>
    /// <param name="map">The memory map that was written with its kernel.</param>
    /// <param name="memory">Contents of the channels, node after node.</param>
    /// <param name="configuration">The kernels' configuration: two nodes lie on a card, the first two on the first one.</param>
    /// <param name="cancel">Ends the filling between two channels.</param>
    /// <exception cref="SimulationException">A unit can't be opened or filled.</exception>
    public CardMachine(
        CardLibrary library, string xclbin, string map, byte[][] memory, NodeConfiguration configuration, CancellationToken cancel = default)
    {
        (_library, _configuration, _memory) = (library, configuration, memory);
        try
        {
            for (var node = 0; node < configuration.Nodes; node++)
            {
                _units.Add(library.Open(xclbin, map, node / CardRing.NodesOfCard, $"node{node % CardRing.NodesOfCard}"));
            }

            Load(cancel);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Starts a unit: how it has ended, and the code that its library returns.</summary>
    private delegate int Begin(int node, out CardStatus status);

    /// <inheritdoc/>
    public long Cycle { get; private set; }

    /// <inheritdoc/>
    public int Layers
    {
        get => field;
        set
        {
            _units.ForEach(u => u.SetLayers(value));
            field = value;
        }
    }

    /// <inheritdoc/>
    public long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        int[] row = embedding.ToArray();
        var states = _units.Select(_ => new int[row.Length]).ToArray();
        int Run(int node, out CardStatus status) => _units[node].Run(node, position, row, states[node], out status, MostMilliseconds);
        var cycles = StartAll(Run, $"the token at position {position}");
        RingOutcome.CheckAlike(states, position);
        states[0].CopyTo(hidden);
        return cycles;
    }

    /// <inheritdoc/>
    public KernelTest Test(int bursts, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        int Run(int node, out CardStatus status) => _units[node].SelfTest(node, bursts, out status, MostMilliseconds);
        StartAll(Run, "the self-test");
        var test = KernelTest.Of(_configuration, [.. _units.Select(u => u.Report)]);

        // The test's pattern lies where the model was.
        Load(cancel);
        return test;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var unit in _units)
        {
            unit.Dispose();
        }

        _units.Clear();
        _library.Dispose();
    }

    private void Load(CancellationToken cancel)
    {
        for (var i = 0; i < _memory.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            _units[i / _configuration.Channels].Load(i % _configuration.Channels, _memory[i]);
        }
    }

    /// <summary>Starts all units at once. Returns the cycles of the one that took longest.</summary>
    private uint StartAll(Begin begin, string what)
    {
        var status = new CardStatus[_units.Count];
        var codes = new int[_units.Count];
        Thread[] threads = [.. Enumerable.Range(0, _units.Count).Select(node => new Thread(() => codes[node] = begin(node, out status[node])))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        // Where a host or a card has failed, the other nodes' kernels have only followed.
        var failed = Array.IndexOf(codes, CardUnit.Failed);
        var cause = failed >= 0 ? failed : RingOutcome.Cause([.. status.Select(s => (KernelFault)s.Fault)]);
        if (cause is { } node)
        {
            throw new SimulationException($"node {node} has ended {what}: {_units[node].Error}");
        }

        var cycles = status.Max(s => s.Cycles);
        Cycle += cycles;
        return cycles;
    }
}
