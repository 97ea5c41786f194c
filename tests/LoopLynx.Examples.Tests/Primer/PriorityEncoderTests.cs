using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The priority encoder against the highest bit, for all inputs of ten bits.</summary>
public class PriorityEncoderTests
{
    [Theory, EveryEngine]
    public void It_names_the_highest_request(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PriorityEncoder(requests: 10));
        var bench = new Bench(engine);
        for (var requests = 0; requests < 1024; requests++)
        {
            engine.Poke("Requests", requests);
            bench.Expect("Any", requests == 0 ? 0 : 1);
            bench.Expect("Index", requests == 0 ? 0 : (int)Math.Log2(requests));
        }
    }
}
