using System.Numerics;
using LoopLynx.Examples.Sorter;
using LoopLynx.Hdl;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests;

/// <summary>The sorter against LINQ.</summary>
public class LaneSorterTests
{
    [Theory, EveryEngine]
    public void It_sorts_random_rows(EngineKind kind)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, 16).Select(_ => new BigInteger(random.Next(-128, 128))).ToArray());
        Check(kind, new LaneSorter(Hardware.SInt(8), lanes: 16), [.. rows], stallPercent: 30);
    }

    // A network that sorts every row of zeros and ones sorts every row.
    [Theory, EveryEngine]
    public void It_sorts_all_rows_of_zeros_and_ones(EngineKind kind)
    {
        var rows = Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Select(i => new BigInteger(n >> i & 1)).ToArray());
        Check(kind, new LaneSorter(Hardware.UInt(1), lanes: 8), [.. rows], stallPercent: 0);
    }

    private static void Check(EngineKind kind, LaneSorter sorter, BigInteger[][] rows, int stallPercent)
    {
        using var engine = TestEngines.Create(kind, sorter);
        var bench = new Bench(engine);
        bench.Feed("Unsorted", rows.Select(Beat.OfLanes), stallPercent);
        bench.Collect("Sorted", rows.Select(row => Beat.OfLanes(row.Order())), stallPercent);
        bench.RunToEnd();
    }
}
