using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Hbm;

/// <summary>The pacer beside its golden function: in the long run as many beats as the rate says, whatever is asked for in between.</summary>
public sealed class ReadPacerTests
{
    private const int Burst = 16;
    private const int Cycles = 20_000;

    // Orders leave until the ones before are seen, and the bucket may be full.
    private const int Slack = ReadPacer.MostBeats + (4 * Burst);

    [Theory]
    [InProcess(42_881, 0)]
    [InProcess(42_881, 20)]
    [InProcess(1_000, 0)]
    [InProcess(65_535, 0)]
    public void OrdersKeepToTheRate(EngineKind kind, int rate, int idlePercent)
    {
        using var engine = Engines.Create(kind, new ReadPacer());
        var beats = Ordered(engine, rate, idlePercent);
        var allowed = (long)Cycles * rate >> ReadPacer.FractionBits;
        Assert.InRange(beats, allowed - Slack, allowed + Slack);
    }

    [Theory]
    [InProcess]
    public void WithoutARateNothingWaits(EngineKind kind)
    {
        using var engine = Engines.Create(kind, new ReadPacer());
        Assert.Equal(Cycles / 2 * Burst, Ordered(engine, rate: 0, idlePercent: 0));
    }

    /// <summary>Where less is asked for than is allowed, the bucket is full and no order waits.</summary>
    [Theory]
    [InProcess]
    public void ASlowReaderDoesNotWait(EngineKind kind)
    {
        using var engine = Engines.Create(kind, new ReadPacer());
        engine.ResetAll();
        engine.Poke("Rate", 42_881);
        engine.Poke("Beats", Burst);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            engine.Poke("Ordered", cycle % 30 == 29 ? 1 : 0);
            engine.Settle();
            Assert.Equal(1, engine.Peek("Open"));
            engine.Tick();
        }
    }

    /// <summary>Orders whenever it may, at most every other cycle; counts the beats of all orders.</summary>
    private static long Ordered(IEngine engine, int rate, int idlePercent)
    {
        var random = new Random(1);
        var (beats, ordered) = (0L, false);
        engine.ResetAll();
        engine.Poke("Rate", rate);
        engine.Poke("Beats", Burst);
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            engine.Poke("Ordered", 0);
            engine.Settle();
            ordered = !ordered && engine.Peek("Open").IsOne && random.Next(100) >= idlePercent;
            engine.Poke("Ordered", ordered ? 1 : 0);
            engine.Settle();
            engine.Tick();
            beats += ordered ? Burst : 0;
        }

        return beats;
    }
}
