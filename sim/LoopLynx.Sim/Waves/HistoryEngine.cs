using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Waves;

/// <summary>
/// An engine that can show the waves of its last cycles after the fact: it takes a snapshot now and then and keeps what the testbench drove since, and runs a window again when somebody asks.
/// What the testbench drove is recorded, not asked for again, so a testbench with random numbers or a memory model behind it needs nothing special.
/// </summary>
/// <remarks>
/// Not recorded: what is written into <see cref="State"/> itself past the ports, such as the rows of a memory; a window may then begin only after the next snapshot.
/// </remarks>
public sealed class HistoryEngine : IStateEngine
{
    private readonly IStateEngine _inner;
    private readonly long _keep;
    private readonly LinkedList<HistorySegment> _segments = [];
    private readonly (int Offset, int Bytes)[] _inputs;
    private readonly byte[] _driven;
    private readonly List<(ClockDomain Domain, bool Asserted)> _resets = [];
    private byte[]? _unrecorded;
    private ClockDomain[]? _ticked;

    /// <summary>Starts a history at the engine's present cycle; the engine is disposed with this one.</summary>
    /// <param name="inner">The engine that runs.</param>
    /// <param name="keepCycles">Cycles that can be shown at least. Snapshots are as far apart; two or three are held.</param>
    public HistoryEngine(IStateEngine inner, long keepCycles = 1_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keepCycles, 1);
        (_inner, _keep) = (inner, keepCycles);
        _inputs = [.. inner.Layout.Flat.Ports.Where(p => p.Direction == PortDirection.Input).Select(p => (inner.Layout.Offset(p.Node), LaneStorage.Bytes(p.Type)))];
        _driven = new byte[_inputs.Sum(i => i.Bytes)];
        Begin();
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public Design Design => _inner.Design;

    /// <inheritdoc/>
    public long Cycle => _inner.Cycle;

    /// <inheritdoc/>
    public StateLayout Layout => _inner.Layout;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> State => _inner.State;

    /// <inheritdoc/>
    public void Write(int offset, ReadOnlySpan<byte> bytes) => _inner.Write(offset, bytes);

    /// <summary>The first cycle that can be shown.</summary>
    public long FirstCycle => _segments.First!.Value.Start.Cycle;

    /// <summary>Runs cycles <paramref name="first"/> to <paramref name="last"/> again, on another engine, and writes their waves: the same file as if waves had been on in just these cycles.</summary>
    /// <param name="path">A <c>.vcd</c> or <c>.fst</c> file; it is there only when it is complete.</param>
    /// <param name="first">First cycle, at least <see cref="FirstCycle"/>.</param>
    /// <param name="last">Last cycle, at most <see cref="Cycle"/>, which is the cycle that hasn't ended yet.</param>
    /// <param name="options">Which nets; its window is not used, nor its schedule: every cycle takes the same time.</param>
    /// <param name="engine">Makes the engine that runs again; null: the interpreter, which starts at once.</param>
    /// <exception cref="SimulationException">The cycles aren't kept any more, or haven't been run; or the path has another extension.</exception>
    public void WriteWaves(string path, long first, long last, WaveOptions? options = null, Func<Design, IStateEngine>? engine = null)
    {
        var extension = WaveWriter.Checked(path);
        if (first < FirstCycle || last > Cycle || first > last)
        {
            throw new SimulationException($"cycles {first} to {last} can't be shown: the history holds {FirstCycle} to {Cycle}; keep more cycles, or ask for these");
        }

        var temporary = Path.ChangeExtension(path, $".tmp{extension}");
        using (var replay = engine?.Invoke(Design) ?? new InterpretedEngine(Design))
        using (var waves = WaveWriter.Create(replay, temporary, (options ?? new WaveOptions()) with { FirstCycle = first, LastCycle = last, Schedule = null }))
        {
            Replay(replay, waves, first, last);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => _inner.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => _inner.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted)
    {
        _inner.Reset(domain, asserted);
        _resets.Add((domain, asserted));
    }

    /// <inheritdoc/>
    public void Settle() => _inner.Settle();

    /// <inheritdoc/>
    public void Tick() => Step(null, 1);

    /// <inheritdoc/>
    public void Tick(ClockDomain domain) => Step([domain], 1);

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains) => Step(domains.ToArray(), 1);

    /// <inheritdoc/>
    public void Run(long cycles)
    {
        while (cycles > 0)
        {
            var some = Math.Min(cycles, Math.Max(1, _segments.Last!.Value.Start.Cycle + _keep - Cycle));
            Step(null, some);
            cycles -= some;
        }
    }

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => _inner.Snapshot();

    /// <summary>Goes on from a snapshot; the history begins anew.</summary>
    public void Restore(EngineSnapshot snapshot)
    {
        _inner.Restore(snapshot);
        _segments.Clear();
        _resets.Clear();
        (_ticked, _unrecorded) = (null, null);
        Begin();
    }

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _inner.PeekNet(path);

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();

    private void Step(ClockDomain[]? domains, long cycles)
    {
        var (driven, resets, before) = (Driven() ?? _unrecorded, _resets.Count == 0 ? [] : _resets.ToArray(), Cycle);
        try
        {
            if (domains is null && cycles > 1)
            {
                _inner.Run(cycles);
            }
            else
            {
                Tick(_inner, domains);
            }
        }
        finally
        {
            // An assertion that fails ends a run early, before its edge.
            if (Cycle > before)
            {
                _segments.Last!.Value.Add(new HistoryStep(driven, resets, domains, Cycle - before));
                _resets.Clear();
                _ticked = domains;
            }

            _unrecorded = Cycle > before ? null : driven;
        }

        if (Cycle - _segments.Last!.Value.Start.Cycle >= _keep)
        {
            Begin();
        }
    }

    private void Begin()
    {
        _segments.AddLast(new HistorySegment(_inner.Snapshot(), _ticked));
        Driven();
        while (_segments.Count > 1 && Cycle - _segments.First!.Next!.Value.Start.Cycle >= _keep)
        {
            _segments.RemoveFirst();
        }
    }

    // The inputs, if they changed since the step before.
    private byte[]? Driven()
    {
        var state = _inner.State;
        var (at, changed) = (0, false);
        foreach (var (offset, bytes) in _inputs)
        {
            var now = state.Slice(offset, bytes);
            var known = _driven.AsSpan(at, bytes);
            if (!now.SequenceEqual(known))
            {
                now.CopyTo(known);
                changed = true;
            }

            at += bytes;
        }

        return changed ? [.. _driven] : null;
    }

    private void Replay(IStateEngine replay, WaveWriter waves, long first, long last)
    {
        var segment = _segments.Last!;
        while (segment.Value.Start.Cycle > first)
        {
            segment = segment.Previous!;
        }

        replay.Restore(segment.Value.Start);
        var ticked = segment.Value.Ticked;
        for (; segment is not null; segment = segment.Next)
        {
            foreach (var step in segment.Value.Steps)
            {
                Drive(replay, step.Inputs, step.Resets);
                for (var i = 0L; i < step.Cycles; i++)
                {
                    waves.Sample(ticked);
                    if (replay.Cycle == last)
                    {
                        return;
                    }

                    Tick(replay, step.Domains);
                    ticked = step.Domains;
                }
            }
        }

        // The present cycle, as it is driven now.
        foreach (var (offset, bytes) in _inputs)
        {
            replay.Write(offset, _inner.State.Slice(offset, bytes));
        }

        Drive(replay, null, _resets);
        waves.Sample(ticked);
    }

    private void Drive(IStateEngine replay, byte[]? inputs, IReadOnlyList<(ClockDomain Domain, bool Asserted)> resets)
    {
        foreach (var (domain, asserted) in resets)
        {
            replay.Reset(domain, asserted);
        }

        var at = 0;
        foreach (var (offset, bytes) in inputs is null ? [] : _inputs)
        {
            replay.Write(offset, inputs.AsSpan(at, bytes));
            at += bytes;
        }
    }

    private static void Tick(IStateEngine engine, ClockDomain[]? domains)
    {
        switch (domains)
        {
            case null:
                engine.Tick();
                break;
            case [var one]:
                engine.Tick(one);
                break;
            default:
                engine.Tick(domains.AsSpan());
                break;
        }
    }
}
