using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Pipelines;

/// <summary>A pipeline gives every beat its own operands, whatever the depth of its branches.</summary>
public class PipelineTests
{
    [Theory, EveryEngine]
    public void Every_beat_meets_its_own_operands(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PipelineBoard());
        var random = new Random(5);
        engine.Poke("Gain", 11);
        foreach (var stall in new[] { 0, 40 })
        {
            var bench = new Bench(engine, seed: stall);
            int[] words = [.. Enumerable.Range(0, 150).Select(_ => random.Next(256))];
            int[] short4 = [.. words.Select(w => w & 15)];
            var pairs = words.Select((w, i) => (Number: i, A: w - 128, B: (w * 7 & 255) - 128)).ToList();
            bench.Feed("Balanced", pairs.Select(p => new Beat([[p.Number & 255], [p.A, p.B]])), stall);
            bench.Collect("BalancedOut", pairs.Select(p => Beat.Of(p.Number & 255, (p.Number & 1) == 1 ? (2 * p.A * p.B) + p.A : p.A * p.B)), stall);
            bench.Feed("Squared", Beat.Each(Big(short4)), stall);
            bench.Collect("SquaredOut", short4.Select(x => Beat.Of(x, x * x)), stall);
            bench.Feed("Scaled", Beat.Each(Big(words)), stall);
            bench.Collect("ScaledOut", Beat.Each(words.Select(x => (BigInteger)((x * 11) + 11))), stall);
            bench.Feed("Fetched", Beat.Each(Big(short4)), stall);
            bench.Collect("FetchedOut", Beat.Each(short4.Select(x => (BigInteger)((x * x) + x))), stall);
            bench.Feed("Chosen", Beat.Each(Big(words)), stall);
            bench.Collect("ChosenOut", Beat.Each(words.Select(x => (BigInteger)((x & 2) != 0 && (x & 1) != 0 ? ~x & 255 : x))), stall);
            bench.Feed("Straight", Beat.Each(Big(words)), stall);
            bench.Collect("StraightOut", Beat.Each(words.Select(x => (BigInteger)(x + 1))), stall);
            bench.RunToEnd();
        }
    }

    [Fact]
    public void Inserted_registers_are_named_after_what_they_delay()
    {
        var names = Elaborator.Elaborate(new PipelineBoard()).Top.Registers.Select(r => (r.Name, r.Type)).ToList();
        Assert.Contains(("Balanced_Number_d1", UInt(8)), names);
        Assert.Contains(("Balanced_Number_d4", UInt(8)), names);
        Assert.Contains(("Balanced_Number_0_d4", Bit), names);
        Assert.Contains(("product_d3", SInt(16)), names);
        Assert.Contains(("Squared_data_d1", UInt(4)), names);
    }

    [Fact]
    public void A_value_is_delayed_once_for_all_its_uses_and_before_it_is_widened()
    {
        var registers = Elaborator.Elaborate(new Shared()).Top.Registers.Where(r => r.Name?.StartsWith("Words_data", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(["Words_data_d1", "Words_data_d2"], registers.Select(r => r.Name));
        Assert.All(registers, r => Assert.Equal(UInt(8), r.Type));
    }

    [Theory]
    [InlineData(EngineKind.Interpreted)]
    [InlineData(EngineKind.Compiled)]
    public void A_held_operand_that_changes_under_a_beat_is_noticed(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PipelineBoard());
        engine.ResetAll();
        Cycle(engine, valid: 0, gain: 3);
        Cycle(engine, valid: 0, gain: 5);
        Cycle(engine, valid: 1, gain: 6);
        for (var level = 0; level < 3; level++)
        {
            Cycle(engine, valid: 0, gain: 6);
        }

        Cycle(engine, valid: 0, gain: 9);
        Cycle(engine, valid: 1, gain: 9);
        Cycle(engine, valid: 0, gain: 9);
        var error = Assert.Throws<AssertionFailedException>(() => Cycle(engine, valid: 0, gain: 10));
        Assert.Contains("'Gain' doesn't change while a beat is under way in 'scaled'", error.Message);
    }

    private static void Cycle(IEngine engine, int valid, int gain)
    {
        engine.Poke("Scaled_valid", valid);
        engine.Poke("Gain", gain);
        engine.Poke("ScaledOut_ready", 1);
        engine.Settle();
        engine.Tick();
    }

    private static IEnumerable<BigInteger> Big(IEnumerable<int> values) => values.Select(v => new BigInteger(v));

    private sealed class Shared : Module
    {
        public readonly StreamIn<Signal> Words = In(UInt(8));
        public readonly StreamOut<Signal> Sums = Out(UInt(32));

        protected override void Build() => Sums.Drive(Words.Pipeline(word =>
        {
            var square = (word * word).Registered();
            return (square.Registered() + (square + word).Registered() + word + word.Extend(12)).Extend(32);
        }));
    }
}
