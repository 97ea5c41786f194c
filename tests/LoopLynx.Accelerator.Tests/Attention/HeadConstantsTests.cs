using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>The heads' scales, layer after layer, where the image puts them.</summary>
public class HeadConstantsTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess("OneHead")]
    public void Gives_every_heads_scales(EngineKind kind, string name)
    {
        var c = name == "OneHead" ? (Small.ThreeHeads with { Heads = 1, Embed = 16 }).Validated() : Small.Named(name);
        var model = new TestModel(c);
        using var engine = Engines.Create(kind, new Accelerator.HeadConstants(c));
        var bench = new Bench(engine);
        for (var layer = 0; layer < c.Layers; layer++)
        {
            bench.Pulse("Restart");
            bench.Feed("Constants", model.Beats(layer, model.Map["HeadConstants"]), stallPercent: 30);
            bench.RunToEnd();
            bench.Step();
            foreach (var (golden, head) in model.Model.Layers[layer].Attention("Attention").Heads.Select((h, i) => (h, i)).Reverse())
            {
                engine.Poke("Scales_Head", head);
                for (var cycle = 0; cycle < Accelerator.HeadConstants.ReadLatency; cycle++)
                {
                    bench.Step();
                }

                bench.Expect("Scales_ScoreMultiplier", golden.Score.Value);
                bench.Expect("Scales_ScoreShift", golden.Score.Shift);
                bench.Expect("Scales_ContextMultiplier", golden.Context.Value);
                bench.Expect("Scales_ContextShift", golden.Context.Shift);
                bench.Step();
            }
        }
    }
}
