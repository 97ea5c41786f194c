using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Arithmetic;

/// <summary>Engines of the <see cref="ArithmeticBoard"/>, started when first wanted.</summary>
public sealed class ArithmeticEngines : IDisposable
{
    private readonly Dictionary<EngineKind, IEngine> _engines = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var engine in _engines.Values)
        {
            engine.Dispose();
        }
    }

    /// <summary>A bench on the board; it resets the engine.</summary>
    internal Bench Bench(EngineKind kind)
    {
        if (!_engines.TryGetValue(kind, out var engine))
        {
            _engines[kind] = engine = TestEngines.Create(kind, new ArithmeticBoard());
        }

        return new Bench(engine);
    }
}
