using LoopLynx.Accelerator;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>The units of one card or several as a machine that runs tokens. Each unit is started by a thread of its own: the ring joins them.</summary>
public sealed class CardMachine : ITokenMachine
{
    /// <summary>Units of a card: one for each die.</summary>
    public const int UnitsOfCard = 2;

    // A token takes milliseconds; a unit that takes so long is told to end, and says why it couldn't.
    private const uint MostMilliseconds = 10_000;

    private readonly CardLibrary _library;
    private readonly List<CardUnit> _units = [];

    /// <summary>Opens the units and fills their memory.</summary>
    /// <param name="library">The host's library; the machine owns it.</param>
    /// <param name="xclbin">The file for the cards.</param>
    /// <param name="map">The memory map that was written with its kernel.</param>
    /// <param name="memory">Contents of the channels, node after node.</param>
    /// <param name="nodes">How many nodes: two lie on a card, the first two on the first one.</param>
    /// <param name="cancel">Ends the filling between two channels.</param>
    /// <exception cref="SimulationException">A unit can't be opened or filled.</exception>
    public CardMachine(CardLibrary library, string xclbin, string map, byte[][] memory, int nodes, CancellationToken cancel = default)
    {
        _library = library;
        var channels = memory.Length / nodes;
        try
        {
            for (var node = 0; node < nodes; node++)
            {
                var unit = library.Open(xclbin, map, node / UnitsOfCard, $"node{node % UnitsOfCard}");
                _units.Add(unit);
                for (var channel = 0; channel < channels; channel++)
                {
                    cancel.ThrowIfCancellationRequested();
                    unit.Load(channel, memory[(node * channels) + channel]);
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Cycle { get; private set; }

    /// <inheritdoc/>
    public long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        int[] row = embedding.ToArray();
        var states = _units.Select(_ => new int[row.Length]).ToArray();
        var status = new CardStatus[_units.Count];
        var codes = new int[_units.Count];
        void Start(int node) => codes[node] = _units[node].Run(node, position, row, states[node], out status[node], MostMilliseconds);
        Thread[] threads = [.. Enumerable.Range(0, _units.Count).Select(node => new Thread(() => Start(node)))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        // A node whose ring has ended follows another's fault.
        var failed = Enumerable.Range(0, codes.Length).Where(i => codes[i] != 0).OrderBy(i => status[i].Fault == (uint)KernelFault.RingEnded).ToArray();
        if (failed.Length > 0)
        {
            throw new SimulationException($"node {failed[0]} has ended the token at position {position}: {_units[failed[0]].Error}");
        }

        if (states.Skip(1).FirstOrDefault(s => !s.AsSpan().SequenceEqual(states[0])) is { } other)
        {
            throw new SimulationException($"node {Array.IndexOf(states, other)} has another hidden state than node 0 at position {position}");
        }

        states[0].CopyTo(hidden);
        var cycles = status.Max(s => s.Cycles);
        Cycle += cycles;
        return cycles;
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
}
