using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.MatrixProcessing;

/// <summary>The four products of a layer in the order of the memory stream, against <see cref="IntegerLinear"/>.</summary>
public class MatrixProcessorTests
{
    [Theory, EveryEngine]
    public void Equals_the_golden_layer_where_constants_take_two_beats(EngineKind kind) => Check(kind, Small.Equal);

    [Theory, EveryEngine]
    public void Equals_the_golden_layer_where_two_slices_share_multipliers(EngineKind kind) => Check(kind, Small.Shared(Small.Equal).Validated());

    [Theory]
    [InProcess(1, 8, 1, 0)]
    [InProcess(2, 8, 1, 0)]
    [InProcess(4, 4, 1, 0)]
    [InProcess(2, 16, 1, 0)]
    [InProcess(2, 32, 1, 0)]
    [InProcess(2, 4, 2, 0)]
    [InProcess(2, 4, 4, 0)]
    [InProcess(1, 8, 8, 0)]
    [InProcess(4, 4, 1, 1)]
    [InProcess(4, 8, 2, 2)]
    [InProcess(4, 4, 1, 0, true)]
    [InProcess(4, 8, 2, 2, true)]
    [InProcess(2, 32, 1, 0, true)]
    public void Equals_the_golden_layer_for_other_widths(EngineKind kind, int channels, int lanes, int columns, int writeBackLanes, bool inPairs = false)
    {
        var shape = new NodeConfiguration(Layers: 1, Heads: 2, Embed: 64, FeedForward: 128, Context: 16, channels, lanes);
        Check(kind, (shape with { Columns = columns, WriteBackLanes = writeBackLanes, PairsSlices = inPairs }).Validated());
    }

    [Theory, InProcess]
    public void Takes_a_super_beat_every_cycle(EngineKind kind)
    {
        var c = new NodeConfiguration(Layers: 1, Heads: 2, Embed: 64, FeedForward: 64, Context: 16, Channels: 2, Lanes: 8).Validated();
        var model = new TestModel(c);
        using var engine = Engines.Create(kind, new MatrixBoard(c));
        var bench = new Bench(engine);
        var beats = model.Beats(0, model.Map["QKV"]);
        bench.Feed("Command", [CommandOf(c, model.Map.ProductOf("QKV"), ActivationRows.Vector)]);
        var stream = bench.Feed("Beats", beats);
        bench.Collect("Results", count: model.Map.ProductOf("QKV").Rows / c.Channels);

        // One cycle until the command has been taken, then no cycle is lost.
        Assert.Equal(beats.Count + 1, bench.Run(10_000, () => stream.IsDone));
        bench.RunToEnd();
    }

    private static void Check(EngineKind kind, NodeConfiguration c)
    {
        var (model, random) = (new TestModel(c), new Random(1));
        var layer = model.Model.Layers[0];
        var (vector, hidden) = (random.Int8(c.Embed), random.Int8(c.FeedForward));
        (ProductLayout Section, QuantizedMatrix Matrix, sbyte[] Input, int Row)[] products =
        [
            (model.Map.ProductOf("QKV"), layer.Matrix("QKV"), vector, ActivationRows.Vector),
            (model.Map.ProductOf("O"), layer.Matrix("O"), vector, ActivationRows.Vector),
            (model.Map.ProductOf("FC1"), layer.Matrix("FC1"), vector, ActivationRows.Vector),
            (model.Map.ProductOf("FC2"), layer.Matrix("FC2"), hidden, ActivationRows.Hidden(c)),
        ];
        using var engine = Engines.Create(kind, new MatrixBoard(c));
        foreach (var (beatStall, resultStall) in new[] { (0, 0), (0, 80), (60, 0), (30, 30) })
        {
            var bench = new Bench(engine, seed: beatStall + resultStall + 1);
            bench.Feed("Vector", Values.Numbered(vector, c.PacketLanes), beatStall);
            bench.Feed("Hidden", Values.Numbered(hidden, c.PacketLanes), beatStall);
            bench.RunToEnd();
            bench.Feed("Command", products.Select(p => CommandOf(c, p.Section, p.Row)), stallPercent: 50);
            bench.Feed("Beats", products.SelectMany(p => model.Beats(0, p.Section.Section)), beatStall);
            bench.Collect("Results", products.SelectMany(p => Values.Packets(Golden(p.Matrix, p.Input), c.PacketLanes)), resultStall);
            bench.RunToEnd();
        }
    }

    private static Beat CommandOf(NodeConfiguration c, ProductLayout matrix, int activationRow) =>
        Beat.Of((matrix.Rows / c.Channels / matrix.GroupRows) - 1, matrix.WeightBeats - 1, activationRow);

    private static int[] Golden(QuantizedMatrix matrix, sbyte[] x) => [.. IntegerLinear.Apply(matrix, [.. x.Select(v => (int)v)]).Select(Plans.Clip24)];
}
