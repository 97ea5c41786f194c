using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>The tests of docs/guide/14-bundles-and-parts.md.</summary>
public class PartExampleTests
{
    [Theory, EveryEngine]
    public void Both_adders_add(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Adders(6));
        var bench = new Bench(engine);
        foreach (var unit in new[] { "First", "Second" })
        {
            bench.Feed($"{unit}_Words", Enumerable.Range(0, 50).Select(i => new Beat([[i & 15], [.. Enumerable.Range(0, 8).Select(lane => new System.Numerics.BigInteger(((i * lane) % 64) - 32))]])), stallPercent: 20);
            bench.Collect($"{unit}_Results", Beat.Each(Enumerable.Range(0, 50).Select(i => new System.Numerics.BigInteger(Enumerable.Range(0, 8).Sum(lane => ((i * lane) % 64) - 32)))), stallPercent: 40);
        }

        bench.RunToEnd();
        bench.Step();
        bench.Expect("First_Works", 0);
    }

    [Fact]
    public void The_fields_names_are_the_prefixes() => Assert.Equal(
        ["First_Words_valid", "First_Words_Packet", "First_Words_Values", "First_Words_ready", "First_Results_valid", "First_Results_data", "First_Results_ready", "First_Works"],
        Elaborator.Elaborate(new Adders(6)).Top.Ports.Select(p => p.Name).Take(8));
}
