using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled;

/// <summary>
/// The fast engine: the design as generated C#, compiled in memory. It keeps only ports, registers and memories; other named nets are evaluated on demand.
/// Claims are checked before an edge, so a failed one leaves the state of its cycle to look at.
/// </summary>
public sealed unsafe class CompiledEngine : IStateEngine
{
    // The methods of a cycle are compiled for speed at once: a short run would be over before the runtime has found them hot.
    private const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    private readonly CompiledOptions _options;
    private readonly CancellationToken _cancel;
    private readonly CompiledDesign _code;
    private readonly Kernel _kernel;
    private readonly NetEvaluator _nets;
    private readonly Dictionary<string, PortInfo> _ports;
    private readonly int _failure;
    private readonly (int Offset, int Bytes) _wakes;
    private readonly bool _checks;
    private readonly int _stateBytes;
    private readonly Dictionary<string, JointEdge> _joint = [];
    private byte* _state;

    /// <summary>Starts a design in its power-up state; compiles it unless a living engine of the same object and options has done so.</summary>
    /// <param name="design">The design.</param>
    /// <param name="options">Optimisations; null: all.</param>
    /// <param name="cancel">Ends the compilation, here and where an edge of several clocks is compiled later.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> has ended the compilation.</exception>
    public CompiledEngine(Design design, CompiledOptions? options = null, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        Design = design;
        _cancel = cancel;
        _options = options ?? CompiledOptions.Default;
        _code = CompiledDesign.Rent(design, _options, cancel);
        (_kernel, _failure, _wakes, _stateBytes) = (_code.Kernel, _code.Failure, _code.Wakes, Layout.Size);
        var flat = Layout.Flat;
        _nets = new NetEvaluator(Layout);
        _ports = flat.Ports.ToDictionary(port => port.Name);
        _checks = _options.CheckAssertions && flat.Assertions.Any(a => a.Kind != AssertionKind.Cover);
        _state = (byte*)NativeMemory.AlignedAlloc((nuint)_code.Size, 64);
        NativeMemory.Clear(_state, (nuint)_code.Size);
        PowerUp.Fill(Layout, Block);
        foreach (var (offset, bytes) in _code.Image)
        {
            bytes.CopyTo(new Span<byte>(_state + offset, bytes.Length));
        }
    }

    /// <inheritdoc/>
    public string Name => "compiled";

    /// <inheritdoc/>
    public Design Design { get; }

    /// <inheritdoc/>
    public long Cycle { get; private set; }

    /// <inheritdoc/>
    public StateLayout Layout => _code.Layout;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> State
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Block;
    }

    /// <summary>What compiling the design cost.</summary>
    public CompiledStatistics Statistics => _code.Statistics;

    /// <summary>The generated C#.</summary>
    public string Source => _code.Source;

    /// <summary>
    /// The state block for <see cref="Ports.PortBlock"/>, which writes input ports only: those are looked at every cycle.
    /// Everything else goes through <see cref="Write"/>.
    /// </summary>
    internal Span<byte> Block
    {
        // Testbenches ask for it many times a cycle.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_state is null)
            {
                ThrowDisposed();
            }

            return new Span<byte>(_state, _stateBytes);
        }
    }

    /// <inheritdoc/>
    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Block[offset..]);
        WakeAll();
    }

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => Port(port, PortDirection.Input);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => Port(port, PortDirection.Output);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted)
    {
        var changes = (Block[Layout.Reset(domain)] != 0) != asserted;
        AsynchronousReset.Drive(Layout, Block, domain, asserted);

        // Testbenches drive a reset that holds in every cycle.
        if (changes || (asserted && domain.AsynchronousReset))
        {
            WakeAll();
        }
    }

    /// <inheritdoc/>
    [MethodImpl(Hot)]
    public void Settle()
    {
        ObjectDisposedException.ThrowIf(_state is null, this);
        _kernel.Settle(_state);
    }

    /// <inheritdoc/>
    [MethodImpl(Hot)]
    public void Tick()
    {
        ObjectDisposedException.ThrowIf(_state is null, this);
        if (_checks)
        {
            Run(1);
            return;
        }

        _kernel.Tick(_state);
        Cycle++;
    }

    /// <inheritdoc/>
    public void Tick(ClockDomain domain)
    {
        ObjectDisposedException.ThrowIf(_state is null, this);
        Check(ClockEdges.Of(Layout.Flat, [domain]));
        _kernel.TickDomain[Layout.Flat.Domains.IndexOf(domain)](_state);
        Cycle++;
    }

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        ObjectDisposedException.ThrowIf(_state is null, this);
        var edges = ClockEdges.Of(Layout.Flat, domains);
        if (edges.Length == Layout.Flat.Domains.Length)
        {
            Tick();
            return;
        }

        if (edges.All(d => d.Clock == edges[0].Clock))
        {
            Tick(edges[0]);
            return;
        }

        var key = string.Join(' ', edges.Select(d => d.Clock));
        if (!_joint.TryGetValue(key, out var edge))
        {
            _joint[key] = edge = new JointEdge(Layout, _options, edges, _cancel);
        }

        Check(edges);
        edge.Tick(Block);
        Cycle++;
    }

    /// <inheritdoc/>
    [MethodImpl(Hot)]
    public void Run(long cycles)
    {
        ObjectDisposedException.ThrowIf(_state is null, this);
        Cycle += _kernel.Run(_state, cycles);
        ThrowIfFailed();
    }

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => new(State.ToArray(), Cycle);

    /// <inheritdoc/>
    public void Restore(EngineSnapshot snapshot)
    {
        snapshot.CopyTo(Block);
        Cycle = snapshot.Cycle;
        WakeAll();
    }

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _nets.Read(State, path);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_state is not null)
        {
            NativeMemory.AlignedFree(_state);
            _state = null;
            _code.Return();
            _nets.Dispose();
            foreach (var edge in _joint.Values)
            {
                edge.Dispose();
            }
        }
    }

    // After a change of the state from outside, nothing may be left out.
    private void WakeAll() => new Span<byte>(_state + _wakes.Offset, _wakes.Bytes).Fill(byte.MaxValue);

    private void Check(ImmutableArray<ClockDomain> edges)
    {
        if (_checks)
        {
            foreach (var domain in edges)
            {
                _kernel.CheckDomain[Layout.Flat.Domains.IndexOf(domain)](_state);
                ThrowIfFailed();
            }
        }
    }

    [MethodImpl(Hot)]
    private void ThrowIfFailed()
    {
        var failed = (int*)(_state + _failure);
        if (*failed != 0)
        {
            var claim = Layout.Flat.Assertions[*failed - 1];
            *failed = 0;

            // The claim is looked at again in the next cycle.
            WakeAll();
            throw new AssertionFailedException(claim.Name, claim.Message, Cycle);
        }
    }

    [DoesNotReturn]
    private static void ThrowDisposed() => throw new ObjectDisposedException(nameof(CompiledEngine));

    private Span<byte> Port(PortInfo port, PortDirection direction)
    {
        if (!_ports.TryGetValue(port.Name, out var own) || own.Direction != direction)
        {
            throw new SimulationException($"'{Design.Top.Name}' has no {direction.ToString().ToLowerInvariant()} port '{port.Name}'");
        }

        return Block.Slice(Layout.Offset(own.Node), LaneStorage.Bytes(own.Type));
    }
}
