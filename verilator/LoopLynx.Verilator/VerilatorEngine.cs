using System.Numerics;
using System.Runtime.InteropServices;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Verilator;

/// <summary>
/// The emitted Verilog as an engine: built by Verilator and g++ into a shared library that runs in this process. Only ports can be seen.
/// With the flag <c>+define+SIMULATION</c> a false assertion ends the run with a <see cref="SimulationException"/>; without it nothing is checked.
/// </summary>
public sealed unsafe class VerilatorEngine : IEngine
{
    private const ulong AllDomains = ulong.MaxValue;

    private readonly ModelLibrary _model;
    private readonly PortBinding[] _inputs;
    private readonly PortBinding[] _outputs;
    private readonly Dictionary<string, (PortDirection Direction, PortBinding Binding)> _ports = [];
    private readonly int _inputBytes;
    private readonly byte[] _evaluatedInputs;
    private byte* _storage;
    private bool _evaluated;
    private bool _settled;

    /// <summary>Emits, builds (or finds in the cache) and starts a design.</summary>
    /// <exception cref="SimulationException">Verilator or g++ is missing or refuses the emitted files.</exception>
    public VerilatorEngine(Design design, VerilatorOptions? options = null)
    {
        Design = design;
        Model = ModelBuilder.Build(design, options);
        _model = new ModelLibrary(Model.Library);

        // As ModelSources numbers them: resets, inputs, outputs.
        var top = design.Top;
        var inputs = ModelSources.Ports(top, PortDirection.Input);
        var outputs = ModelSources.Ports(top, PortDirection.Output);
        HdlType[] types = [.. top.Domains.Select(_ => new HdlType(1, false)), .. inputs.Concat(outputs).Select(port => port.Type)];
        var offsets = new int[types.Length + 1];
        for (var i = 0; i < types.Length; i++)
        {
            offsets[i + 1] = (offsets[i] + LaneStorage.Bytes(types[i]) + 7) / 8 * 8;
        }

        _storage = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(offsets[^1], 1));
        var bindings = types.Select((type, i) => new PortBinding(type, _storage + offsets[i], _model.Port(i))).ToArray();
        var firstOutput = top.Domains.Length + inputs.Count;
        (_inputs, _outputs) = (bindings[..firstOutput], bindings[firstOutput..]);
        _inputBytes = offsets[firstOutput];
        _evaluatedInputs = new byte[_inputBytes];
        for (var i = 0; i < inputs.Count; i++)
        {
            _ports[inputs[i].Name] = (PortDirection.Input, _inputs[top.Domains.Length + i]);
        }

        for (var i = 0; i < outputs.Count; i++)
        {
            _ports[outputs[i].Name] = (PortDirection.Output, _outputs[i]);
        }
    }

    /// <inheritdoc/>
    public string Name => "verilator";

    /// <inheritdoc/>
    public Design Design { get; }

    /// <inheritdoc/>
    public long Cycle { get; private set; }

    /// <summary>The library that runs.</summary>
    public BuiltModel Model { get; }

    /// <summary>Wall time of <c>verilator</c> and <c>g++</c> when the library was built.</summary>
    public double BuildSeconds => Model.BuildSeconds;

    /// <summary>First line of <c>verilator --version</c>.</summary>
    public string Version => Model.Version;

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => Port(port, PortDirection.Input).Storage;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => Port(port, PortDirection.Output).Storage;

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted)
    {
        Index(domain);
        for (var i = 0; i < Design.Top.Domains.Length; i++)
        {
            if (Design.Top.Domains[i].Reset == domain.Reset)
            {
                _inputs[i].Storage[0] = asserted ? (byte)1 : (byte)0;
            }
        }

        // A pulse without a settle in between is seen too.
        if (domain.AsynchronousReset)
        {
            Evaluate();
        }
    }

    /// <inheritdoc/>
    public void Settle()
    {
        Evaluate();
        if (_settled)
        {
            return;
        }

        foreach (var output in _outputs)
        {
            output.CopyOut();
        }

        _settled = true;
    }

    /// <inheritdoc/>
    public void Tick() => Tick(AllDomains, 1);

    /// <inheritdoc/>
    public void Tick(ClockDomain domain) => Tick([domain]);

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        var edges = 0ul;
        foreach (var domain in ClockEdges.Of(Design.Top, domains))
        {
            edges |= 1ul << Index(domain);
        }

        Tick(edges, 1);
    }

    /// <inheritdoc/>
    public void Run(long cycles) => Tick(AllDomains, cycles);

    /// <summary>The value of a port of the top; inner nets are not kept.</summary>
    public BigInteger[] PeekNet(string path)
    {
        if (!_ports.TryGetValue(path, out var port))
        {
            throw new SimulationException(
                $"the Verilated model keeps only the ports of '{Design.Top.Name}', not '{path}'; run the interpreted or compiled engine to see it");
        }

        Settle();
        var values = new BigInteger[port.Binding.Type.Lanes];
        for (var lane = 0; lane < values.Length; lane++)
        {
            values[lane] = LaneStorage.Read(port.Binding.Storage, port.Binding.Type, lane);
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        NativeMemory.Free(_storage);
        _storage = null;
    }

    // Inputs are written through spans, unseen by the engine: what was evaluated is known by comparing.
    private void Evaluate()
    {
        ObjectDisposedException.ThrowIf(_storage is null, this);
        var inputs = new ReadOnlySpan<byte>(_storage, _inputBytes);
        if (_evaluated && inputs.SequenceEqual(_evaluatedInputs))
        {
            return;
        }

        foreach (var input in _inputs)
        {
            input.CopyIn();
        }

        _model.Eval();
        inputs.CopyTo(_evaluatedInputs);
        (_evaluated, _settled) = (true, false);
    }

    private void Tick(ulong domains, long cycles)
    {
        Evaluate();
        _model.Tick(domains, cycles);
        Cycle += cycles;
        _settled = false;
    }

    private int Index(ClockDomain domain) => Design.Top.Domains.IndexOf(domain) is var index and >= 0
        ? index
        : throw new SimulationException($"'{Design.Top.Name}' has no clock domain '{domain.Clock}'");

    private PortBinding Port(PortInfo port, PortDirection direction)
    {
        ObjectDisposedException.ThrowIf(_storage is null, this);
        return _ports.TryGetValue(port.Name, out var own) && own.Direction == direction
            ? own.Binding
            : throw new SimulationException($"'{Design.Top.Name}' has no {direction.ToString().ToLowerInvariant()} port '{port.Name}'");
    }
}
