using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Waves;

/// <summary>An engine whose every cycle is written to a <see cref="WaveWriter"/> just before the edge that ends it, so that any testbench gets waves unchanged.</summary>
/// <param name="inner">The engine that runs; the writer's engine, or a wrapper around it. Disposed with this one.</param>
/// <param name="writer">Where to write. Disposed with this one, after the last cycle is written.</param>
public sealed class WaveEngine(IEngine inner, WaveWriter writer) : IEngine
{
    private ClockDomain[]? _ticked;

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
        writer.Sample(_ticked);
        inner.Tick();
        _ticked = null;
    }

    /// <inheritdoc/>
    public void Tick(ClockDomain domain)
    {
        writer.Sample(_ticked);
        inner.Tick(domain);
        _ticked = [domain];
    }

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        writer.Sample(_ticked);
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
        writer.Sample(_ticked);
        writer.Dispose();
        inner.Dispose();
    }
}
