using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>What docs/guide/10-clocks.md says happens.</summary>
public class ClockExampleTests
{
    [Theory, EveryEngine]
    public void The_meter_runs_on_every_engine(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Meter());
        Assert.True(ClockExamples.Simulate(engine) > 0);
    }

    [Theory, EveryEngine]
    public void A_register_resets_a_part(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Restartable());
        engine.ResetAll();
        engine.Run(6);
        engine.Settle();
        Assert.Equal(5, engine.Peek("Ticks"));
        engine.Poke("Restart", 1);
        engine.Run(2);
        engine.Settle();
        Assert.Equal(0, engine.Peek("Ticks"));
    }

    [Fact]
    public void It_runs_with_metastable_synchronisers() => Assert.True(ClockExamples.Disturb() > 0);

    [Fact]
    public void The_wave_file_has_true_times()
    {
        var path = Path.GetTempFileName();
        ClockExamples.WriteWaves(path);
        var text = File.ReadAllText(path);
        File.Delete(path);
        Assert.Contains("$timescale 1ps $end", text);
        // Core rises at 4000 and falls at 6000; Link rises at 6250.
        Assert.Contains("\n#4000\n", text);
        Assert.Contains("\n#6000\n", text);
        Assert.Contains("\n#6250\n", text);
        Assert.Contains("\n#9375\n", text);
    }

    [Fact]
    public void The_constraints_of_the_page_are_those_of_the_meter() => Block.Check("docs/guide/10-clocks.md", "text", 1, ClockExamples.Constraints());

    [Fact]
    public void The_message_of_the_page_is_that_of_its_error() => Assert.Contains(
        Repository.Read("docs/errors/HDL0207.md").Split("```text\n")[1].Split("```")[0], Repository.Read("docs/guide/10-clocks.md"));
}
