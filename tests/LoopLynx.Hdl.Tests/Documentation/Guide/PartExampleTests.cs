using System.Numerics;
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
        var words = Enumerable.Range(0, 50).Select(Values).ToList();
        var beats = words.Select((values, i) => new Beat([[i & 15], values])).ToList();
        var sums = words.ConvertAll(values => values.Aggregate(BigInteger.Add));
        foreach (var unit in new[] { "First", "Second" })
        {
            bench.Feed($"{unit}_Words", beats, stallPercent: 20);
            bench.Collect($"{unit}_Results", Beat.Each(sums), stallPercent: 40);
        }

        bench.RunToEnd();
        bench.Step();
        bench.Expect("First_Works", 0);
    }

    [Fact]
    public void The_fields_names_are_the_prefixes()
    {
        string[] names = ["First_Words_valid", "First_Words_Packet", "First_Words_Values", "First_Words_ready", "First_Results_valid", "First_Results_data", "First_Results_ready", "First_Works"];
        Assert.Equal(names, Elaborator.Elaborate(new Adders(6)).Top.Ports.Select(p => p.Name).Take(8));
    }

    private static BigInteger[] Values(int word)
    {
        var values = new BigInteger[8];
        for (var lane = 0; lane < 8; lane++)
        {
            values[lane] = (word * lane % 64) - 32;
        }

        return values;
    }
}
