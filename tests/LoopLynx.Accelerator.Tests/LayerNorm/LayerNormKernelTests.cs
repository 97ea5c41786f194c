using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>Load, normalise, add, normalise, emit: the kernel's part of a token, against <see cref="IntegerLayerNorm"/>.</summary>
public class LayerNormKernelTests
{
    [Theory, EveryEngine]
    public void Equals_the_golden_norms_of_hard_vectors(EngineKind kind) => Check(kind, Small.Equal, NormVectors.All.Values);

    [Theory]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.OneValue))]
    [InProcess("EqualPasses")]
    [InProcess("OneValuePasses")]
    public void Equals_the_golden_norms_for_other_widths(EngineKind kind, string name) => Check(kind, Small.Named(name), [NormVectors.All["usual"], NormVectors.All["large"]]);

    [Theory, InProcess]
    public void Normalises_a_vector_of_1024_at_the_ends_of_the_range(EngineKind kind) =>
        Check(kind, (Small.Equal with { Layers = 1, Embed = 1024, FeedForward = 8, Heads = 128 }).Validated(), [NormVectors.All["both ends"], NormVectors.All["large"]]);

    private static void Check(EngineKind kind, NodeConfiguration c, IEnumerable<Func<int, int[]>> vectors)
    {
        var model = new TestModel(c);
        var golden = model.Model.Layers[0];
        var delta = NormVectors.All["usual"](c.Embed).Reverse().ToArray();
        using var engine = Engines.Create(kind, new LayerNormKernel(c));
        foreach (var make in vectors)
        {
            var embedding = make(c.Embed);
            int[] residual = [.. embedding.Zip(delta, (x, d) => Plans.Clip24((long)x + d))];
            var bench = new Bench(engine);
            bench.Collect("Normalised", [.. Normalised(c, golden.Norm("Norm1"), embedding), .. Normalised(c, golden.Norm("Norm2"), residual)], stallPercent: 30);
            bench.Collect("Hidden", Values.Packets(residual, c.PacketLanes), stallPercent: 30);

            bench.Pulse("RestartConstants");
            bench.Feed("Norm", [.. model.Beats(0, model.Map["Norm1"]), .. model.Beats(0, model.Map["Norm2"])], stallPercent: 20);
            var scalars = bench.Feed("Scalars", model.Beats(0, model.Map["Scalars"]), stallPercent: 20);
            var load = bench.Feed("Embedding", Values.Packets(embedding, c.PacketLanes), stallPercent: 20);
            bench.RunUntil("Updated");
            bench.Run(10_000, () => scalars.IsDone && load.IsDone);
            bench.Step();
            Begin(bench, "StartNormalise", second: 0);
            bench.Feed("Delta", Values.Numbered(delta, c.PacketLanes).AsEnumerable().Reverse(), stallPercent: 20);
            bench.RunUntil("Updated");
            Begin(bench, "StartNormalise", second: 1);
            Begin(bench, "StartEmit", second: 0);
            bench.RunToEnd();
        }
    }

    private static void Begin(Bench bench, string start, int second)
    {
        bench.Engine.Poke("Slot", second);
        bench.Pulse(start);
        bench.RunUntil("Done");
    }

    private static List<Beat> Normalised(NodeConfiguration c, QuantizedNorm norm, int[] x)
    {
        var y = new int[x.Length];
        IntegerLayerNorm.Apply(x, norm, y, Plans.Int8.Activation);
        return Values.Numbered(y, c.PacketLanes);
    }
}
