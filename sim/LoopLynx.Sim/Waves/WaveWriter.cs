using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Waves;

/// <summary>
/// Writes clocks, resets, ports, registers and every other named net into a wave file, only what changed.
/// A cycle takes <see cref="CycleTime"/>: clocks rise when it begins, together with the values of that cycle, and fall in its middle. <see cref="WaveOptions.Schedule"/> gives true times instead.
/// </summary>
public abstract unsafe class WaveWriter : IDisposable
{
    /// <summary>Nanoseconds a cycle in the file.</summary>
    public const int CycleTime = 10;

    /// <summary>What an unfinished file's name ends in.</summary>
    public const string PartialExtension = WaveStore.PartialExtension;

    private readonly IStateEngine _engine;
    private readonly WaveOptions _options;
    private readonly NetEvaluator _nets;
    private readonly EvaluationPlan _plan;
    private readonly List<Net> _shown = [];
    private readonly List<(int Variable, ClockDomain Domain)> _resets = [];
    private readonly ClockLines _clocks;
    private readonly List<ulong[]> _last = [];
    private readonly List<WaveVariable> _variables = [];
    private readonly ulong[] _packed;
    private (long First, long Last)? _sampled;
    private (long First, long Last)? _pending;
    private bool _started;
    private bool _closed;

    private protected WaveWriter(IStateEngine engine, WaveStore? store, WaveOptions? options)
    {
        Store = store;
        (_engine, _options) = (engine, options ?? new WaveOptions());
        _nets = new NetEvaluator(engine.Layout);
        var shown = _nets.Nets
            .Where(net => _options.Include?.Invoke(net.Key) ?? true)
            .OrderBy(net => net.Key, StringComparer.Ordinal)
            .ToList();
        _plan = _nets.Plan(shown.Select(net => net.Value));

        Top = new WaveScope(engine.Design.Top.Name);
        _clocks = new ClockLines(_options.Schedule, Time, (variable, value) => Write(variable, [value ? 1ul : 0]));
        foreach (var domain in engine.Layout.Flat.Domains)
        {
            _clocks.Add(domain, () => Declare(Top, domain.Clock, 1));
            if (!_resets.Exists(r => r.Domain.Reset == domain.Reset))
            {
                _resets.Add((Declare(Top, domain.Reset, 1), domain));
            }
        }

        foreach (var (path, net) in shown)
        {
            Declare(path, _plan[net]);
        }

        _packed = new ulong[shown.Select(net => PackedBits.Words(net.Value.Type.Bits)).Append(1).Max()];
    }

    /// <summary>The cycles that the file holds, first and last, when it is closed; null: none.</summary>
    public (long First, long Last)? Held => Store is null ? _sampled : Store.Pieces.Count == 0 ? null : (Store.Pieces[0].FirstCycle, Store.Pieces[^1].LastCycle);

    /// <summary>Whether older cycles were dropped to keep <see cref="WaveOptions.SizeLimit"/>.</summary>
    public bool HasDropped => Store?.HasDropped ?? false;

    /// <summary>Bits of all variables: what a cycle in which everything changes would take, at least.</summary>
    public long Bits => _variables.Sum(variable => (long)variable.Bits);

    /// <summary>The file; null: a text that somebody else keeps.</summary>
    private protected WaveStore? Store { get; }

    /// <summary>Whether times are picoseconds of a schedule; otherwise they are nanoseconds.</summary>
    private protected bool TrueTimes => _options.Schedule is not null;

    /// <summary>All variables in their hierarchy.</summary>
    private protected WaveScope Top { get; }

    /// <summary>All variables by index.</summary>
    private protected IReadOnlyList<WaveVariable> Variables => _variables;

    /// <summary>Creates a wave file in the format that its extension names: <c>.vcd</c> or <c>.fst</c>.</summary>
    /// <exception cref="SimulationException">It has another extension.</exception>
    public static WaveWriter Create(IStateEngine engine, string path, WaveOptions? options = null) => Checked(path) == ".fst"
        ? new FstWriter(engine, path, options)
        : new VcdWriter(engine, path, options);

    /// <summary>The extension of a wave file's path.</summary>
    /// <exception cref="SimulationException">It is neither <c>.vcd</c> nor <c>.fst</c>.</exception>
    public static string Checked(string path) => Path.GetExtension(path).ToLowerInvariant() is var extension && extension is ".vcd" or ".fst"
        ? extension
        : throw new SimulationException($"the wave file '{path}' ends neither in .vcd nor in .fst: its extension chooses the format");

    /// <summary>
    /// Writes the engine's present cycle. <paramref name="ticked"/> are the domains whose edges began the cycle; null: all.
    /// Outside the window of <see cref="WaveOptions"/> it does nothing.
    /// </summary>
    public void Sample(IReadOnlyList<ClockDomain>? ticked = null)
    {
        var cycle = _engine.Cycle;
        if (cycle < _options.FirstCycle || cycle > _options.LastCycle || Store is { HasFailed: true } || _closed)
        {
            return;
        }

        BeginCycle();
        _sampled = (_sampled?.First ?? cycle, cycle);
        _pending = (_pending?.First ?? cycle, cycle);

        var state = _engine.State;
        fixed (byte* block = state)
        {
            _plan.Run(block);
        }

        _clocks.Rise(cycle, ticked);
        foreach (var (reset, domain) in _resets)
        {
            Write(reset, [state[_engine.Layout.Reset(domain)] ^ (domain.ActiveLowReset ? 1ul : 0)]);
        }

        foreach (var net in _shown)
        {
            Write(net);
        }

        _started = true;
        _clocks.End(cycle);
    }

    /// <summary>Writes what is left and closes the file; a second time it does nothing.</summary>
    /// <exception cref="IOException">The last cycles can't be written; the file holds those before them.</exception>
    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _plan.Dispose();
        _nets.Dispose();
        GC.SuppressFinalize(this);
        try
        {
            if (Store is not { HasFailed: true })
            {
                Flush();
            }
        }
        finally
        {
            Close();
            Store?.Dispose();
        }
    }

    /// <summary>A cycle is about to be written: the moment to begin a new piece.</summary>
    private protected abstract void BeginCycle();

    /// <summary>What follows happens at this time, in the file's unit.</summary>
    private protected abstract void Time(long time);

    /// <summary>The variable has a new value; at the first time, every variable has one.</summary>
    private protected abstract void Change(WaveVariable variable, ReadOnlySpan<ulong> value);

    /// <summary>Writes what has been gathered as a piece.</summary>
    private protected abstract void Flush();

    /// <summary>Closes what isn't the <see cref="Store"/>.</summary>
    private protected virtual void Close()
    {
    }

    /// <summary>Adds a piece of the cycles since the last one.</summary>
    private protected void Add(ReadOnlySpan<byte> bytes, long begin = 0, long end = 0)
    {
        var (first, last) = _pending!.Value;
        Store!.Add(bytes, first, last, begin, end);
        _pending = null;
    }

    /// <summary>Whether so many bytes are enough for a piece where the file has a limit: some of them must fit.</summary>
    private protected bool IsFull(long bytes)
    {
        const int pieces = 16;
        return _options.SizeLimit > 0 && bytes >= _options.SizeLimit / pieces;
    }

    /// <summary>Every variable is written at the next cycle, as at the first one.</summary>
    private protected void Restart() => _started = false;

    // Most nets keep their values in most cycles: a net is compared as a whole before anything is packed.
    private void Write(Net net)
    {
        var words = new ReadOnlySpan<ulong>(net.Value.Data, net.Value.Words);
        if (_started && words.SequenceEqual(net.Last))
        {
            return;
        }

        words.CopyTo(net.Last);
        foreach (var (variable, value) in net.Parts)
        {
            var packed = _packed.AsSpan(0, PackedBits.Words(value.Type.Bits));
            packed.Clear();
            BitField.Pack(value, packed, 0);
            Write(variable, packed);
        }
    }

    private void Write(int variable, ReadOnlySpan<ulong> value)
    {
        if (_started && value.SequenceEqual(_last[variable]))
        {
            return;
        }

        value.CopyTo(_last[variable]);
        Change(_variables[variable], value);
    }

    private void Declare(string path, Slot slot)
    {
        var parts = path.Split('.');
        var scope = parts[..^1].Aggregate(Top, (parent, part) => parent.Child(part));
        var lanes = slot.Type.Lanes;
        if (lanes == 1 || lanes > _options.MaxLaneVariables)
        {
            _shown.Add(new Net(slot, new ulong[slot.Words], [(Declare(scope, parts[^1], slot.Type.Bits), slot)]));
            return;
        }

        scope = scope.Child(parts[^1]);
        _shown.Add(new Net(slot, new ulong[slot.Words], [.. Enumerable.Range(0, lanes).Select(lane => (Declare(scope, $"lane{lane}", slot.Type.Width), slot.Lane(lane)))]));
    }

    private int Declare(WaveScope scope, string name, int bits)
    {
        var variable = new WaveVariable(name, _variables.Count, bits);
        _variables.Add(variable);
        _last.Add(new ulong[PackedBits.Words(bits)]);
        scope.Add(variable);
        return variable.Index;
    }

    /// <summary>A net and the variables that show it.</summary>
    private sealed record Net(Slot Value, ulong[] Last, (int Variable, Slot Value)[] Parts);
}
