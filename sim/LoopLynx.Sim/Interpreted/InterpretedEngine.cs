using System.Numerics;
using System.Runtime.InteropServices;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>
/// The plain reference: evaluates every node that matters once a cycle, in topological order, then moves the state over the edge.
/// Nothing is skipped or reordered, so it is correct by reading it; it starts at once.
/// </summary>
public sealed unsafe class InterpretedEngine : IStateEngine
{
    private readonly EvaluationPlan _plan;
    private readonly NetEvaluator _nets;
    private readonly ClockEdge _allEdges;
    private readonly Dictionary<ClockDomain, ClockEdge> _edges;
    private readonly Dictionary<string, ClockEdge> _joint = [];
    private readonly Dictionary<string, PortInfo> _ports;
    private readonly (Slot Value, int Offset)[] _outputs;
    private readonly byte[] _settledPorts;
    private byte* _state;
    private bool _settled;

    /// <summary>Flattens a design and starts it in its power-up state.</summary>
    public InterpretedEngine(Design design)
    {
        Design = design;
        var flat = Flatten.Run(design);
        var order = TopologicalOrder.Of(flat);
        Layout = new StateLayout(flat);
        _nets = new NetEvaluator(Layout, order);
        _ports = flat.Ports.ToDictionary(port => port.Name);

        var outputs = flat.Ports.Where(port => port.Direction == PortDirection.Output).Select(port => port.Node).ToList();
        _plan = new EvaluationPlan(Layout, order, [.. outputs, .. ClockEdge.Inputs(flat)]);
        _outputs = [.. outputs.Select(node => (_plan[node], Layout.Offset(node)))];
        _allEdges = new ClockEdge(Layout, _plan, _ => true);
        _edges = flat.Domains.ToDictionary(domain => domain, domain => flat.Domains.Length == 1 ? _allEdges : new ClockEdge(Layout, _plan, other => other.Clock == domain.Clock));

        _settledPorts = new byte[PortBytes(Layout)];
        _state = (byte*)NativeMemory.AlignedAlloc((nuint)Math.Max(Layout.Size, 1), 64);
        PowerUp.Fill(Layout, Block);
    }

    /// <inheritdoc/>
    public string Name => "interpreted";

    /// <inheritdoc/>
    public Design Design { get; }

    /// <inheritdoc/>
    public long Cycle { get; private set; }

    /// <inheritdoc/>
    public StateLayout Layout { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> State => Block;

    private Span<byte> Block
    {
        get
        {
            ObjectDisposedException.ThrowIf(_state is null, this);
            return new Span<byte>(_state, Layout.Size);
        }
    }

    /// <inheritdoc/>
    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Block[offset..]);
        _settled = false;
    }

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => Port(port, PortDirection.Input);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => Port(port, PortDirection.Output);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted)
    {
        Edge(domain);
        _settled &= !domain.AsynchronousReset;
        AsynchronousReset.Drive(Layout, Block, domain, asserted);
    }

    /// <inheritdoc/>
    public void Settle()
    {
        // Inputs are written through spans, unseen by the engine: what was settled is known by comparing.
        var ports = Block[.._settledPorts.Length];
        if (_settled && ports.SequenceEqual(_settledPorts))
        {
            return;
        }

        _plan.Run(_state);
        foreach (var (value, offset) in _outputs)
        {
            StateTransfer.Store(value, _state + offset);
        }

        ports.CopyTo(_settledPorts);
        _settled = true;
    }

    /// <inheritdoc/>
    public void Tick() => Tick(_allEdges);

    /// <inheritdoc/>
    public void Tick(ClockDomain domain) => Tick(Edge(domain));

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        var edges = ClockEdges.Of(Layout.Flat, domains);
        var key = string.Join(' ', edges.Select(d => d.Clock));
        if (!_joint.TryGetValue(key, out var edge))
        {
            _joint[key] = edge = new ClockEdge(Layout, _plan, edges.Contains);
        }

        Tick(edge);
    }

    /// <inheritdoc/>
    public void Run(long cycles)
    {
        for (var i = 0L; i < cycles; i++)
        {
            Tick();
        }
    }

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => new(State.ToArray(), Cycle);

    /// <inheritdoc/>
    public void Restore(EngineSnapshot snapshot)
    {
        snapshot.CopyTo(Block);
        Cycle = snapshot.Cycle;
        _settled = false;
    }

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _nets.Read(Block, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_state);
        _state = null;
        _plan.Dispose();
        _nets.Dispose();
    }

    private void Tick(ClockEdge edge)
    {
        Settle();
        edge.Check(_state, Cycle);
        edge.Commit(_state);
        Cycle++;
        _settled = false;
    }

    private ClockEdge Edge(ClockDomain domain) => _edges.TryGetValue(domain, out var edge)
        ? edge
        : throw new SimulationException($"'{Design.Top.Name}' has no clock domain '{domain.Clock}'");

    // Resets and ports lie before all registers.
    private static int PortBytes(StateLayout layout) => layout.Flat.Ports
        .Select(port => layout.Offset(port.Node) + LaneStorage.Bytes(port.Type))
        .Append(layout.Flat.Domains.Length)
        .Max();

    private Span<byte> Port(PortInfo port, PortDirection direction)
    {
        if (!_ports.TryGetValue(port.Name, out var own) || own.Direction != direction)
        {
            throw new SimulationException($"'{Design.Top.Name}' has no {direction.ToString().ToLowerInvariant()} port '{port.Name}'");
        }

        return Block.Slice(Layout.Offset(own.Node), LaneStorage.Bytes(own.Type));
    }
}
