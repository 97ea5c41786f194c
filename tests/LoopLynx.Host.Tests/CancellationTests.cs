namespace LoopLynx.Host.Tests;

/// <summary>Whatever can take a while ends when it is cancelled.</summary>
public class CancellationTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);
    private static readonly ModelDescription Shape = new(Layers: 2, QueryHeads: 2, Embed: 16, Context: 8, Vocabulary: 32, FeedForward: 32);

    [Fact]
    public void LoadingAModel() => Ends(() => LoadedModel.Load(Repository.ShakespeareModel, cancel: Cancelled));

    [Fact]
    public void LoadingATokenizerAndEncodingAText()
    {
        Ends(() => BpeTokenizer.Load(Repository.ShakespeareModel, Cancelled));
        Ends(() => Vocabulary.Load(Repository.ShakespeareModel, Cancelled));
        Vocabulary vocabulary = Vocabulary.Load(Repository.ShakespeareModel, CancellationToken.None);
        Ends(() => BpeMerges.Parse(["a b"], vocabulary.Ids, "merges.txt", "vocab.json", Cancelled));
        Ends(() => BpeTokenizer.Load(Repository.ShakespeareModel).Encode("to be", cancel: Cancelled));
    }

    [Fact]
    public void CalibratingAndQuantising()
    {
        Checkpoint checkpoint = Checkpoint.Load(Repository.ShakespeareModel);
        Ends(() => Calibration.FromModel(checkpoint, cancel: Cancelled));
        Ends(() => Calibration.FromText(checkpoint, [1, 2, 3], cancel: Cancelled));
        Ends(() => Quantiser.Quantise(checkpoint, Calibration.FromText(checkpoint, [1, 2, 3]), cancel: Cancelled));
        Ends(() => Perplexity.Float32(checkpoint, [1, 2, 3], cancel: Cancelled));
    }

    [Fact]
    public void ASyntheticModelAndItsMemory()
    {
        QuantizedModel model = SyntheticModel.Create(Shape);
        MemoryMap map = Maps.Of(Shape, channels: 2, lanes: 8);
        byte[][] memory = MemoryImage.Build(model, map);
        Ends(() => SyntheticModel.Create(Shape, cancel: Cancelled));
        Ends(() => new GoldenModel(model).Step(1, Cancelled));
        Ends(() => Perplexity.Integer(model, [1, 2, 3], cancel: Cancelled));
        Ends(() => MemoryImage.Build(model, map, 0, Cancelled));
        Ends(() => KvCacheImage.Write(new ArrayMemory(memory), map, new KvCache(Shape), 4, 0, Cancelled));
    }

    [Fact]
    public void WorkInProgressStops()
    {
        using var source = new CancellationTokenSource();
        double last = 0;
        var progress = new Reported(fraction =>
        {
            last = Math.Max(last, fraction);
            source.Cancel();
        });
        Ends(() => LoadedModel.Load(Repository.ShakespeareModel, progress: progress, cancel: source.Token));
        Assert.InRange(last, double.Epsilon, 0.5);
    }

    private sealed class Reported(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    private static void Ends(Action action) => Assert.ThrowsAny<OperationCanceledException>(action);
}
