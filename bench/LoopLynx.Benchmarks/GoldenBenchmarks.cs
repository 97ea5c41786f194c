using BenchmarkDotNet.Attributes;
using LoopLynx.Host;

namespace LoopLynx.Benchmarks;

/// <summary>One token of the integer golden model.</summary>
[MemoryDiagnoser]
public class GoldenBenchmarks
{
    private QuantizedModel _model = null!;
    private GoldenModel _golden = null!;
    private int[] _embedding = [];

    /// <summary>Model shape.</summary>
    [Params("shakespeare", "gpt2-124m")]
    public string Shape { get; set; } = "";

    /// <summary>Makes a synthetic model of the shape.</summary>
    [GlobalSetup]
    public void Start()
    {
        _model = SyntheticModel.Create(NamedModels.Named(Shape));
        _golden = new GoldenModel(_model);
        _embedding = _model.Embed(1, 0);
    }

    /// <summary>A token at position 0.</summary>
    [Benchmark]
    public int[] Step() => _golden.Step(_embedding, 0);
}
