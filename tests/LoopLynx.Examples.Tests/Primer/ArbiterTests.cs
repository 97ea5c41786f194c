using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The arbiter against a search that begins behind the last granted requester.</summary>
public class ArbiterTests
{
    private const int Requesters = 5;

    [Theory, EveryEngine]
    public void It_grants_round_robin(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Arbiter(Requesters));
        var (bench, random, last) = (new Bench(engine), new Random(7), Requesters - 1);
        for (var cycle = 0; cycle < 500; cycle++)
        {
            var requests = random.Next(1 << Requesters) & random.Next(1 << Requesters);
            int[] granted = [.. Enumerable.Range(1, Requesters).Select(i => (last + i) % Requesters).Where(i => (requests >> i & 1) == 1).Take(1)];
            engine.Poke("Requests", requests);
            bench.Expect("Grants", granted.Sum(i => 1 << i));
            bench.Step();
            last = granted.Append(last).First();
        }
    }
}
