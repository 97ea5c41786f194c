using System.Numerics;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Coverage;

/// <summary>
/// An engine that runs a covered design and keeps what its tests have hit, so that any testbench collects coverage unchanged.
/// <code>
/// var coverage = CoverageDesign.Of(Elaborator.Elaborate(new Mac(8)));
/// using var engine = new CoverageEngine(new CompiledEngine(coverage.Design), coverage);
/// ... a testbench ...
/// CoverageDatabase hits = engine.Collect();
/// </code>
/// </summary>
public sealed class CoverageEngine : IEngine
{
    private readonly IEngine _inner;
    private readonly CoverageReader _reader;

    /// <summary>Wraps an engine that runs <paramref name="coverage"/>'s design; it is disposed with this one.</summary>
    /// <exception cref="SimulationException">The engine runs another design, or shows neither its state nor the design's read port.</exception>
    public CoverageEngine(IEngine inner, CoverageDesign coverage)
    {
        if (!ReferenceEquals(inner.Design, coverage.Design))
        {
            throw new SimulationException($"the engine runs '{inner.Design.Top.Name}' without coverage: start it with CoverageDesign.Of(design).Design");
        }

        (_inner, Coverage) = (inner, coverage);
        _reader = inner is IStateEngine state ? new StateCoverageReader(state, coverage)
            : coverage.ReadPort is not null ? new PortCoverageReader(inner, coverage)
            : throw new SimulationException($"engine '{inner.Name}' doesn't show its registers: use CoverageDesign.Of(design, new CoverageOptions {{ ReadPort = true }})");
    }

    /// <summary>The design and its points.</summary>
    public CoverageDesign Coverage { get; }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public Design Design => _inner.Design;

    /// <inheritdoc/>
    public long Cycle => _inner.Cycle;

    /// <summary>What has been hit since the start: the hits of all instances of a definition together.</summary>
    /// <param name="instance">Path of one instance, to see only what it has hit itself; null: all.</param>
    /// <exception cref="SimulationException">There is no such instance.</exception>
    public CoverageDatabase Collect(string? instance = null)
    {
        _reader.Read();
        return CoverageDatabase.Of(Coverage, _reader.Hits, instance);
    }

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => _inner.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => _inner.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted)
    {
        // A reset clears the registers that remember.
        if (asserted)
        {
            _reader.Read();
        }

        _inner.Reset(domain, asserted);
    }

    /// <inheritdoc/>
    public void Settle() => _inner.Settle();

    /// <inheritdoc/>
    public void Tick() => _inner.Tick();

    /// <inheritdoc/>
    public void Tick(ClockDomain domain) => _inner.Tick(domain);

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains) => _inner.Tick(domains);

    /// <inheritdoc/>
    public void Run(long cycles) => _inner.Run(cycles);

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _inner.PeekNet(path);

    /// <inheritdoc/>
    public void Dispose() => _inner.Dispose();
}
