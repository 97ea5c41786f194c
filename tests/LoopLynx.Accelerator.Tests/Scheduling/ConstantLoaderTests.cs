using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Scheduling;

/// <summary>The constants of a layer, as the image has them, reach the kernel that each section is for; beats behind them are left alone.</summary>
public class ConstantLoaderTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess(nameof(Small.SplitColumns))]
    [InProcess(nameof(Small.OneValue))]
    public void Deals_the_sections_of_every_layer(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var model = new TestModel(c);
        var map = model.Map;
        List<Beat> Sections(params StreamSection[] wanted) => [.. Enumerable.Range(0, c.Layers).SelectMany(layer => wanted.SelectMany(s => model.Beats(layer, s)))];
        using var engine = Engines.Create(kind, new ConstantLoader(c));
        var bench = new Bench(engine);
        var stream = bench.Feed("Beats", Sections(map["Norm1"], map["Norm2"], map["FeedForward1.Gelu"], map["HeadConstants"], map["Scalars"]), stallPercent: 20);
        bench.Collect("Norm", Sections(map["Norm1"], map["Norm2"]));
        bench.Collect("Unary", Sections(map["FeedForward1.Gelu"]), stallPercent: 30);
        bench.Collect("Heads", Sections(map["HeadConstants"]));
        bench.Collect("Scalars", Sections(map["Scalars"]), stallPercent: 30);
        for (var layer = 1; layer <= c.Layers; layer++)
        {
            for (var waiting = 0; waiting < 10; waiting++)
            {
                bench.Expect("Beats_ready", 0);
                bench.Step();
            }

            bench.Pulse("Start");
            bench.RunUntil("Done");
            Assert.Equal(layer * map["Scalars"].End, stream.Count);
        }

        bench.RunToEnd();
    }
}
