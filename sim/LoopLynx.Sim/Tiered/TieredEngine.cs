using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Tiered;

/// <summary>
/// Starts on the interpreter and goes on compiled: the design is compiled in the background, and the state is handed over at the first cycle boundary after that.
/// A short run never waits for the compiler. Results don't depend on when the change happens.
/// </summary>
/// <remarks>Spans of ports are valid until the next <see cref="Tick()"/>: ask again in every cycle.</remarks>
public sealed class TieredEngine : IStateEngine
{
    private readonly CancellationTokenSource _abandoned;
    private readonly Task<CompiledEngine> _compilation;
    private IStateEngine _current;

    /// <summary>Starts interpreting, and compiling beside it.</summary>
    /// <param name="design">The design.</param>
    /// <param name="options">Optimisations of the compiled engine; null: all.</param>
    /// <param name="cancel">Ends the compilation; the next edge throws then.</param>
    public TieredEngine(Design design, CompiledOptions? options = null, CancellationToken cancel = default)
    {
        Design = design;
        _current = new InterpretedEngine(design);
        _abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var token = _abandoned.Token;
        _compilation = Task.Run(() => new CompiledEngine(design, options, token), token);
    }

    /// <inheritdoc/>
    public string Name => "tiered";

    /// <inheritdoc/>
    public Design Design { get; }

    /// <inheritdoc/>
    public long Cycle => _current.Cycle;

    /// <inheritdoc/>
    public StateLayout Layout => _current.Layout;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> State => _current.State;

    /// <inheritdoc/>
    public void Write(int offset, ReadOnlySpan<byte> bytes) => _current.Write(offset, bytes);

    /// <summary>Whether the compiled code has taken over.</summary>
    public bool IsCompiled => _current is CompiledEngine;

    /// <summary>Waits until the compiled code is ready; it takes over at the next edge.</summary>
    /// <exception cref="OperationCanceledException">The compilation was cancelled, or the engine was disposed of before it was done.</exception>
    public void WaitForCompiler() => _compilation.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => _current.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => _current.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted) => _current.Reset(domain, asserted);

    /// <inheritdoc/>
    public void Settle() => _current.Settle();

    /// <inheritdoc/>
    public void Tick()
    {
        SwitchWhenReady();
        _current.Tick();
    }

    /// <inheritdoc/>
    public void Tick(ClockDomain domain)
    {
        SwitchWhenReady();
        _current.Tick(domain);
    }

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        SwitchWhenReady();
        _current.Tick(domains);
    }

    /// <inheritdoc/>
    public void Run(long cycles)
    {
        while (cycles > 0 && !IsCompiled)
        {
            Tick();
            cycles--;
        }

        _current.Run(cycles);
    }

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => _current.Snapshot();

    /// <inheritdoc/>
    public void Restore(EngineSnapshot snapshot) => _current.Restore(snapshot);

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _current.PeekNet(path);

    /// <summary>Ends the run; a compilation that isn't done yet is cancelled and leaves nothing.</summary>
    public void Dispose()
    {
        _abandoned.Cancel();
        _current.Dispose();
        if (!IsCompiled)
        {
            _compilation.ContinueWith(
                static task => task.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }

        _abandoned.Dispose();
    }

    private void SwitchWhenReady()
    {
        if (IsCompiled || !_compilation.IsCompleted)
        {
            return;
        }

        // A failed compilation is a defect of the engine: it surfaces here instead of leaving the run slow in silence.
        var compiled = _compilation.GetAwaiter().GetResult();
        compiled.Restore(_current.Snapshot());
        _current.Dispose();
        _current = compiled;
    }
}
