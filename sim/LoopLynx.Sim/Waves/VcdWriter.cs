using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Waves;

/// <summary>
/// Writes clocks, resets, ports, registers and every other named net as a Value Change Dump (GTKWave and Surfer open it), only what changed.
/// A cycle takes <see cref="CycleTime"/>: clocks rise when it begins, together with the values of that cycle, and fall in its middle.
/// </summary>
public sealed unsafe class VcdWriter : IDisposable
{
    /// <summary>Nanoseconds a cycle in the file.</summary>
    public const int CycleTime = 10;

    private readonly IStateEngine _engine;
    private readonly TextWriter _output;
    private readonly WaveOptions _options;
    private readonly NetEvaluator _nets;
    private readonly EvaluationPlan _plan;
    private readonly List<(VcdSignal Signal, Slot Value)> _values = [];
    private readonly List<(VcdSignal Reset, ClockDomain Domain)> _resets = [];
    private readonly ClockLines _clocks;
    private readonly ulong[] _packed;
    private int _signals;

    /// <summary>Creates a file and writes its header.</summary>
    public VcdWriter(IStateEngine engine, string path, WaveOptions? options = null)
        : this(engine, new StreamWriter(path), options)
    {
    }

    /// <summary>Writes the header; the writer owns <paramref name="output"/> from now on.</summary>
    public VcdWriter(IStateEngine engine, TextWriter output, WaveOptions? options = null)
    {
        (_engine, _output, _options) = (engine, output, options ?? new WaveOptions());
        _nets = new NetEvaluator(engine.Layout);
        var shown = _nets.Nets
            .Where(net => _options.Include?.Invoke(net.Key) ?? true)
            .OrderBy(net => net.Key, StringComparer.Ordinal)
            .ToList();
        _plan = _nets.Plan(shown.Select(net => net.Value));

        _clocks = new ClockLines(_output, _options.Schedule);
        var top = new VcdScope(engine.Design.Top.Name);
        foreach (var domain in engine.Layout.Flat.Domains)
        {
            _clocks.Add(domain, () => Declare(top, domain.Clock, 1));
            if (!_resets.Exists(r => r.Domain.Reset == domain.Reset))
            {
                _resets.Add((Declare(top, domain.Reset, 1), domain));
            }
        }

        foreach (var (path, net) in shown)
        {
            Declare(top, path, _plan[net]);
        }

        _packed = new ulong[shown.Select(net => PackedBits.Words(net.Value.Type.Bits)).Append(1).Max()];
        _output.Write($"$timescale {_clocks.Unit} $end\n");
        top.Write(_output);
        _output.Write("$enddefinitions $end\n");
    }

    /// <summary>
    /// Writes the engine's present cycle. <paramref name="ticked"/> are the domains whose edges began the cycle; null: all.
    /// Outside the window of <see cref="WaveOptions"/> it does nothing.
    /// </summary>
    public void Sample(IReadOnlyList<ClockDomain>? ticked = null)
    {
        var cycle = _engine.Cycle;
        if (cycle < _options.FirstCycle || cycle > _options.LastCycle)
        {
            return;
        }

        var state = _engine.State;
        fixed (byte* block = state)
        {
            _plan.Run(block);
        }

        _clocks.Rise(cycle, ticked);
        foreach (var (reset, domain) in _resets)
        {
            reset.Write(_output, [state[_engine.Layout.Reset(domain)] ^ (domain.ActiveLowReset ? 1ul : 0)]);
        }

        foreach (var (signal, value) in _values)
        {
            var packed = _packed.AsSpan(0, PackedBits.Words(value.Type.Bits));
            packed.Clear();
            BitField.Pack(value, packed, 0);
            signal.Write(_output, packed);
        }

        if (_options.Schedule is null)
        {
            _clocks.Fall((cycle + 1) * CycleTime);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plan.Dispose();
        _nets.Dispose();
        _output.Dispose();
    }

    private void Declare(VcdScope top, string path, Slot slot)
    {
        var parts = path.Split('.');
        var scope = parts[..^1].Aggregate(top, (parent, part) => parent.Child(part));
        var lanes = slot.Type.Lanes;
        if (lanes == 1 || lanes > _options.MaxLaneVariables)
        {
            _values.Add((Declare(scope, parts[^1], slot.Type.Bits), slot));
            return;
        }

        scope = scope.Child(parts[^1]);
        for (var lane = 0; lane < lanes; lane++)
        {
            _values.Add((Declare(scope, $"lane{lane}", slot.Type.Width), slot.Lane(lane)));
        }
    }

    private VcdSignal Declare(VcdScope scope, string name, int bits)
    {
        var signal = new VcdSignal(name, _signals++, bits);
        scope.Add(signal);
        return signal;
    }
}
