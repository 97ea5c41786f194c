using System.Numerics;
using LoopLynx.Hdl.Tests.Expressions;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Parts;

/// <summary>The small parts do what plain integers do.</summary>
public class PartTests
{
    [Theory, EveryEngine]
    public void Credits_and_counters_count(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PartBoard());
        var (bench, random) = (new Bench(engine), new Random(4));
        var (credit, five, eight, bounded) = (2, 0, 0, 0);
        for (var cycle = 0; cycle < 300; cycle++)
        {
            var (take, give, next, restart, bound) = (random.Next(2), random.Next(2), random.Next(2), random.Next(8) == 0 ? 1 : 0, random.Next(8));
            take = credit == 0 && give == 0 ? 0 : take;
            give = credit == 3 && take == 0 ? 0 : give;
            (string Name, int Value)[] inputs = [("Take", take), ("Give", give), ("Next", next), ("Restart", restart), ("Bound", bound)];
            foreach (var (name, value) in inputs)
            {
                engine.Poke(name, value);
            }

            (string Name, int Value)[] outputs =
                [("Credit", credit), ("AnyLeft", credit > 0 ? 1 : 0), ("IsFull", credit == 3 ? 1 : 0), ("OfFive", five), ("OfEight", eight), ("OfOne", 0), ("Bounded", bounded)];
            foreach (var (name, value) in outputs)
            {
                bench.Expect(name, value);
            }

            bench.Step();
            credit += give - take;
            five = restart == 1 ? 0 : (five + next) % 5;
            eight = (eight + next) % 8;
            bounded = next == 0 ? bounded : bounded == bound ? 0 : (bounded + 1) % 8;
        }
    }

    [Theory, EveryEngine]
    public void Copies_follow_a_cycle_later_and_keep_where_they_are_not_enabled(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PartBoard());
        var (bench, random) = (new Bench(engine), new Random(6));
        var (copied, kept) = (0, 9);
        for (var cycle = 0; cycle < 60; cycle++)
        {
            var (tag, valid) = (random.Next(32), random.Next(2));
            engine.Poke("Tag", tag);
            engine.Poke("Valid", valid);
            engine.Settle();
            Assert.Equal([kept, kept], engine.PeekLanes("Kept"));
            if (cycle > 0)
            {
                Assert.Equal([copied, copied, copied], engine.PeekLanes("Copied"));
            }

            bench.Step();
            (copied, kept) = (tag, valid == 1 ? tag : kept);
        }
    }

    [Theory, EveryEngine]
    public void Partial_sums_take_their_terms_in_turn(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PartBoard());
        var (bench, random) = (new Bench(engine), new Random(12));
        var (one, two, four) = (0, new int[2], new (int Low, int High)[4]);
        static int Wrap7(int value) => ((value + 64) & 127) - 64;
        for (var (cycle, term) = (0, 0); cycle < 400; cycle++)
        {
            var terms = Enumerable.Range(0, 16).Select(_ => new BigInteger(random.Next(-32, 32))).ToArray();

            // Runs of terms without a gap are the case in which a memory row comes back just in time; each sum restarts before it leaves 12 bits.
            var (valid, first) = (cycle % 100 < 60 ? 1 : random.Next(2), term % 32 < 4 || random.Next(16) == 0 ? 1 : 0);
            engine.Poke("Valid", valid);
            engine.Poke("First", first);
            engine.PokeLanes("Terms", terms);
            bench.Step();
            if (valid == 0)
            {
                continue;
            }

            var (a, b) = ((int)terms[0], (int)terms[1]);
            one = first == 1 ? a : one + a;
            two[term % 2] = first == 1 ? a : two[term % 2] + a;
            var (low, high) = first == 1 ? (0, 0) : four[term % 4];
            four[term % 4] = (Wrap7(low + a), Wrap7(high + b));
            engine.Settle();
            bench.Expect("OneSum", one);
            bench.Expect("TwoSums", two[term % 2]);
            Assert.Equal([four[term % 4].Low, four[term % 4].High], engine.PeekLanes("FourSums"));
            term++;
        }
    }

    [Theory, EveryEngine]
    public void Trees_reduce_groups_in_their_latency(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PartBoard());
        var (bench, random) = (new Bench(engine), new Random(9));
        var history = new List<(BigInteger[] Terms, int Valid, int Tag)>();
        (string Name, int Latency, Func<BigInteger[], BigInteger[]> Of)[] trees =
        [
            ("Sums", PipelinedTree.Sum(8).Latency, t => [.. t.Chunk(8).Select(g => g.Aggregate(BigInteger.Add))]),
            ("Every2", 2, t => [.. t.Chunk(8).Select(g => g.Aggregate(BigInteger.Add))]),
            ("Largest", 2, t => [.. t.Chunk(4).Select(g => g.Max())]),
            ("Smallest", 1, t => [t.Min()]),
            ("Columns", 2, t => [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Select(j => BigInteger.Clamp(t[(4 * j) + i], -8, 7)).Aggregate(BigInteger.Add))]),
        ];
        for (var cycle = 0; cycle < 80; cycle++)
        {
            history.Add(([.. Enumerable.Range(0, 16).Select(_ => RandomValue.Of(SInt(6), random))], random.Next(2), random.Next(32)));
            engine.PokeLanes("Terms", history[^1].Terms);
            engine.Poke("Valid", history[^1].Valid);
            engine.Poke("Tag", history[^1].Tag);
            foreach (var (name, latency, of) in trees.Where(t => t.Latency <= cycle))
            {
                bench.ExpectLanes(name, of(history[^(latency + 1)].Terms));
            }

            if (cycle >= 4)
            {
                var (terms, valid, tag) = history[^5];
                bench.Expect("TreeValid", valid);
                if (valid == 1)
                {
                    bench.Expect("TreeSum", terms.Aggregate(BigInteger.Add));
                    bench.Expect("TreeTag", tag);
                }
            }

            bench.Step();
        }

        Assert.Equal([3, 2, 1, 0], new[] { PipelinedTree.Sum(8), PipelinedTree.Max(8) with { LevelsPerRegister = 2 }, PipelinedTree.Min(8) with { LevelsPerRegister = 9 }, PipelinedTree.Sum(1) }.Select(t => t.Latency));
    }

    [Theory]
    [InlineData(EngineKind.Interpreted, 1, 0, 3)]
    [InlineData(EngineKind.Interpreted, 0, 1, 2)]
    [InlineData(EngineKind.Compiled, 1, 0, 3)]
    [InlineData(EngineKind.Compiled, 0, 1, 2)]
    public void A_credit_too_many_is_noticed(EngineKind kind, int take, int give, int cycles)
    {
        using var engine = TestEngines.Create(kind, new PartBoard());
        engine.ResetAll();
        engine.Poke("Take", take);
        engine.Poke("Give", give);
        for (var cycle = 1; cycle < cycles; cycle++)
        {
            engine.Settle();
            engine.Tick();
        }

        engine.Settle();
        Assert.Contains("none comes back beyond the 3 that there are", Assert.Throws<AssertionFailedException>(() => engine.Tick()).Message);
    }
}
