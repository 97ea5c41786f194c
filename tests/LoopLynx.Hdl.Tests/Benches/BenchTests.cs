using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Benches;

/// <summary>The test bench notices what it is there for, and says it in a way that helps.</summary>
public class BenchTests
{
    [Fact]
    public void A_deadlock_names_the_streams_that_wait()
    {
        var message = Failure(new Producer((valid, data) => (false, data)), bench =>
        {
            bench.Feed("Words", Beat.Each([1, 2, 3]));
            bench.Collect("Numbers", Beat.Each([0]));
        });
        Assert.StartsWith("deadlock: no beat moved for 1000 cycles\n  'Words' offers beat 0 of 3 and isn't ready\n  'Numbers' waits for beat 0 of 1 and isn't valid\nProducer on interpreted, cycle ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_withdrawn_beat_is_noticed()
    {
        var message = Failure(new Producer((count, _) => (count[0], 5)), bench => bench.Collect("Numbers", count: 100, stallPercent: 50));
        Assert.StartsWith("'Numbers' withdrew the waiting beat (5)\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_beat_is_noticed()
    {
        var message = Failure(new Producer((count, _) => (true, count)), bench => bench.Collect("Numbers", count: 100, stallPercent: 50));
        Assert.Matches(@"^'Numbers' changed a waiting beat from \(\d+\) to \(\d+\)\n", message);
    }

    [Fact]
    public void A_beat_too_many_is_noticed()
    {
        var message = Failure(new Producer((_, _) => (true, 5)), bench => bench.Collect("Numbers", Beat.Each([5, 5])));
        Assert.StartsWith("'Numbers' gave (5) after its last beat (2 were expected)\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_doesn_t_end_is_ended()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Producer((_, _) => (true, 5)));
        Assert.StartsWith("not finished after 50 cycles\n", Assert.Throws<BenchException>(() => Bench.Run(engine, 50, () => false)).Message, StringComparison.Ordinal);
        Assert.Equal(7, Bench.Run(engine, 50, () => engine.Cycle == 52 + 2 + 7));
    }

    [Fact]
    public void A_beat_that_doesn_t_fit_names_the_ports()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Producer((_, _) => (true, 5)));
        var error = Assert.Throws<BenchException>(() => new Bench(engine).Feed("Words", [Beat.Of(1, 2)]));
        Assert.Equal("beat (1, 2) doesn't fit Words_data UInt(8)", error.Message);
    }

    [Fact]
    public void The_waveform_shows_bits_values_and_lanes()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Wide());
        var wave = new WaveText(engine, 3);
        for (var cycle = 0; cycle < 4; cycle++)
        {
            engine.Poke("Enable", cycle % 2);
            engine.PokeLanes("Lanes", [cycle / 2, -1, 100, -100]);
            engine.Settle();
            wave.Record();
            engine.Tick();
        }

        const string expected = """
            cycle    1             2             3
            Enable  ██████████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁██████████████
            Lanes   |0 -1 100 -100|1 -1 100 -100
            Sum     |-1           |0
            Past    |-1                         |0

            """;
        Assert.Equal(expected, string.Join('\n', wave.Render().Split('\n').Select(line => line.TrimEnd())));
    }

    private static string Failure(Module module, Action<Bench> arrange)
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, module);
        var bench = new Bench(engine);
        arrange(bench);
        return Assert.Throws<BenchException>(() => bench.RunToEnd()).Message;
    }

    /// <summary>Takes no word; gives numbers made from a counter, also in ways that streams must not.</summary>
    private sealed class Producer(Func<Signal, Signal, (Signal Valid, Signal Data)> make) : Module
    {
        public readonly StreamIn<Signal> Words = In(UInt(8));
        public readonly StreamOut<Signal> Numbers = Out(UInt(8));

        protected override void Build()
        {
            Words.Ready.Drive(0);
            Register(out var unusedCount, UInt(8), reset: 0);
            unusedCount.Drive(unusedCount.WrapAdd(1));
            var (valid, data) = make(unusedCount, Words.Data);
            Wire(out var unused, Bit);
            Numbers.Drive(StreamSources.Of(valid, data, unused));
        }
    }

    private sealed class Wide : Module
    {
        public readonly Signal Enable = Input(Bit);
        public readonly Signal Lanes = Input(SInt(8) * 4);
        public readonly Signal Sum = Output(SInt(10));
        public readonly Signal Past = Output(SInt(10));

        protected override void Build()
        {
            Sum.Drive(Lanes.SumLanes());
            Past.Drive(Sum.Registered());
        }
    }
}
