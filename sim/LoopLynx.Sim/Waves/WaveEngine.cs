using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Waves;

/// <summary>An engine whose every cycle is written to a <see cref="WaveWriter"/> just before the edge that ends it, so that any testbench gets waves unchanged.</summary>
/// <param name="inner">The engine that runs; the writer's engine, or a wrapper around it. Disposed with this one.</param>
/// <param name="writer">Where to write. Disposed with this one, after the last cycle is written.</param>
public sealed class WaveEngine(IEngine inner, WaveWriter writer) : IEngine
{
    private ClockDomain[]? _ticked;
    private bool _disposed;

    /// <summary>Tells whether the present cycle, which has settled, is written; asked once for each cycle. Null: every cycle is.</summary>
    public Func<IEngine, bool>? Shows { get; init; }

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public Design Design => inner.Design;

    /// <inheritdoc/>
    public long Cycle => inner.Cycle;

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => inner.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => inner.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted) => inner.Reset(domain, asserted);

    /// <inheritdoc/>
    public void Settle() => inner.Settle();

    /// <inheritdoc/>
    public void Tick()
    {
        Sample();
        inner.Tick();
        _ticked = null;
    }

    /// <inheritdoc/>
    public void Tick(ClockDomain domain)
    {
        Sample();
        inner.Tick(domain);
        _ticked = [domain];
    }

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        Sample();
        inner.Tick(domains);
        _ticked = domains.ToArray();
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
    public BigInteger[] PeekNet(string path) => inner.PeekNet(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            Sample();
            writer.Dispose();
        }
        finally
        {
            inner.Dispose();
        }
    }

    private void Sample()
    {
        if (!(Shows?.Invoke(inner) ?? true))
        {
            return;
        }

        try
        {
            writer.Sample(_ticked);
        }
        catch (IOException e)
        {
            throw new SimulationException($"can't write the wave at cycle {Cycle}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
