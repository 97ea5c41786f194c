using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>Random bursts under random stalls: the checker lets what is right pass, and the data is right too.</summary>
public class BurstMemoryTests
{
    private static readonly Axi4Format Format = new(AddressBits: 14, DataBits: 32, IdBits: 2) { HasProtection = true };

    [Theory, EveryEngine]
    public void Random_bursts_pass_the_checker(EngineKind kind)
    {
        using var engine = CheckedEngine.Create(kind, Elaborator.Elaborate(new BurstMemory(Format)));
        foreach (var seed in new[] { 1, 2, 3 })
        {
            Traffic(engine, seed);
        }
    }

    [Theory]
    [InlineData("no RLAST", "s_axi: RLAST is 1 on beat ARLEN + 1 of a read and only there")]
    [InlineData("early B", "s_axi: BVALID answers a write whose address and data were taken before, with its number")]
    public void A_mistake_is_named(string mistake, string rule)
    {
        using var engine = CheckedEngine.Create(EngineKind.Interpreted, Elaborator.Elaborate(new BurstMemory(Format, mistake)));
        Assert.Contains(rule, Assert.Throws<AssertionFailedException>(() => Traffic(engine, 1)).Message);
    }

    private static void Traffic(IEngine engine, int seed)
    {
        var random = new Random(seed);
        var memory = new byte[4096];
        var bench = new Bench(engine, seed);
        bench.Step();
        var writes = Enumerable.Range(0, 40).Select(_ => AxiTraffic.Random(random, Format)).ToList();
        foreach (var start in Enumerable.Range(0, 4))
        {
            writes.Insert(start, new AxiTraffic(start, start * 1024, 255, 2, AxiBurst.Increment));
        }

        var data = writes.SelectMany(b => b.Addresses.Select((address, i) =>
        {
            var word = (uint)random.NextInt64(1L << 32);
            var lanes = Enumerable.Range(0, 4).Select(lane => lane >= address % 4 && lane < (address % 4 / (1 << b.Size) * (1 << b.Size)) + (1 << b.Size) && (b.Length == 255 || random.Next(4) > 0)).ToArray();
            foreach (var lane in Enumerable.Range(0, 4).Where(lane => lanes[lane]))
            {
                memory[(address & ~3) + lane] = (byte)(word >> (8 * lane));
            }

            return new Beat([[word], [.. lanes.Select(l => (BigInteger)(l ? 1 : 0))], [i == b.Length ? 1 : 0]]);
        })).ToList();
        bench.Feed("s_axi_aw", writes.Select(b => b.Beat), stallPercent: 60);
        bench.Feed("s_axi_w", data, stallPercent: 10);
        bench.Collect("s_axi_b", writes.Select(b => Beat.Of(b.Id, 0)), stallPercent: 30);
        bench.RunToEnd();

        var reads = Enumerable.Range(0, 60).Select(_ => AxiTraffic.Random(random, Format)).ToList();
        bench.Feed("s_axi_ar", reads.Select(b => b.Beat), stallPercent: 20);
        bench.Collect("s_axi_r", reads.SelectMany(b => b.Addresses.Select((address, i) => Beat.Of(b.Id, BitConverter.ToUInt32(memory, address & ~3), 0, i == b.Length ? 1 : 0))), stallPercent: 30);
        bench.RunToEnd();
    }
}
