using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Verilator;

/// <summary>
/// Two engines of one design as one: inputs go to both, outputs come from the reference, and every output port is compared in every settled cycle.
/// Any testbench drives it unchanged; afterwards <see cref="Mismatches"/> says whether they agreed.
/// </summary>
public sealed class LockstepEngine : IEngine
{
    private readonly IEngine _reference;
    private readonly IEngine _other;
    private readonly PortInfo[] _inputs;
    private readonly PortInfo[] _outputs;
    private long _comparedCycle = -1;

    /// <summary>Takes over two engines that haven't run yet; both are disposed with this one.</summary>
    public LockstepEngine(IEngine reference, IEngine other)
    {
        (_reference, _other) = (reference, other);
        var ports = reference.Design.Top.Ports;
        _inputs = [.. ports.Where(port => port.Direction == PortDirection.Input)];
        _outputs = [.. ports.Where(port => port.Direction == PortDirection.Output)];
    }

    /// <inheritdoc/>
    public string Name => $"{_reference.Name}+{_other.Name}";

    /// <inheritdoc/>
    public Design Design => _reference.Design;

    /// <inheritdoc/>
    public long Cycle => _reference.Cycle;

    /// <summary>Cycles whose outputs were compared at least once.</summary>
    public long CyclesCompared { get; private set; }

    /// <summary>Ports held equal (inputs) or compared (outputs) in each cycle.</summary>
    public int SignalsCompared => _inputs.Length + _outputs.Length;

    /// <summary>Comparisons of one port that failed.</summary>
    public long Mismatches { get; private set; }

    /// <summary>The first failed comparison; null while there is none.</summary>
    public LockstepMismatch? FirstMismatch { get; private set; }

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => _reference.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => _reference.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted)
    {
        _reference.Reset(domain, asserted);
        _other.Reset(domain, asserted);
    }

    /// <inheritdoc/>
    public void Settle()
    {
        CopyInputs();
        _reference.Settle();
        _other.Settle();
        foreach (var port in _outputs)
        {
            if (!_reference.Output(port).SequenceEqual(_other.Output(port)))
            {
                Mismatches++;
                FirstMismatch ??= Describe(port);
            }
        }

        if (_comparedCycle != Cycle)
        {
            _comparedCycle = Cycle;
            CyclesCompared++;
        }
    }

    /// <inheritdoc/>
    public void Tick()
    {
        SettleOnce();
        _reference.Tick();
        _other.Tick();
    }

    /// <inheritdoc/>
    public void Tick(ClockDomain domain)
    {
        SettleOnce();
        _reference.Tick(domain);
        _other.Tick(domain);
    }

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        SettleOnce();
        _reference.Tick(domains);
        _other.Tick(domains);
    }

    /// <inheritdoc/>
    public void Run(long cycles)
    {
        for (var i = 0L; i < cycles; i++)
        {
            Tick();
        }
    }

    /// <summary>A net of the reference.</summary>
    public BigInteger[] PeekNet(string path) => _reference.PeekNet(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reference.Dispose();
        _other.Dispose();
    }

    // A testbench that settled has compared already; its later writes must still reach the other engine.
    private void SettleOnce()
    {
        if (_comparedCycle == Cycle)
        {
            CopyInputs();
        }
        else
        {
            Settle();
        }
    }

    private void CopyInputs()
    {
        foreach (var port in _inputs)
        {
            _reference.Input(port).CopyTo(_other.Input(port));
        }
    }

    private LockstepMismatch Describe(PortInfo port)
    {
        var reference = _reference.Output(port);
        var other = _other.Output(port);
        var lane = 0;
        while (LaneStorage.Read(reference, port.Type, lane) == LaneStorage.Read(other, port.Type, lane))
        {
            lane++;
        }

        return new LockstepMismatch(Cycle, port.Name, lane, LaneStorage.Read(reference, port.Type, lane), LaneStorage.Read(other, port.Type, lane));
    }
}
