namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>One engine of each kind for a design that many tests share; started when first wanted.</summary>
public abstract class EngineSet(Func<Module> make) : IDisposable
{
    private readonly Dictionary<EngineKind, IEngine> _engines = [];

    /// <summary>The engine of a kind.</summary>
    internal IEngine this[EngineKind kind]
    {
        get
        {
            if (!_engines.TryGetValue(kind, out var engine))
            {
                _engines[kind] = engine = Engines.Create(kind, make());
            }

            return engine;
        }
    }

    /// <summary>A bench on the design; it resets the engine.</summary>
    internal Bench Bench(EngineKind kind) => new(this[kind]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var engine in _engines.Values)
        {
            engine.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
