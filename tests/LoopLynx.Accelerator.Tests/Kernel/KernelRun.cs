using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>A kernel, or a ring of them, with its memory, beside the golden model of the same weights.</summary>
internal sealed class KernelRun : IDisposable
{
    private readonly NodeConfiguration _configuration;
    private readonly TestModel _model;
    private readonly GoldenModel _golden;
    private readonly List<int> _past = [];

    public KernelRun(EngineKind kind, NodeConfiguration configuration, Func<int, ChannelTiming> timing, int seed = 1, double linkStalls = 0,
        Action<Design>? change = null)
    {
        (_configuration, _model) = (configuration, new TestModel(configuration, (ulong)seed));
        _golden = new GoldenModel(_model.Model);
        var design = Machine.ElaborateCheckedKernel(configuration);
        change?.Invoke(design);
        var engines = Enumerable.Range(0, configuration.Nodes).Select(_ => Engines.Create(kind, design)).ToArray();
        Session = new KernelSession(engines, configuration, _model.Image, timing, seed, linkStalls) { Limit = 400_000 };
    }

    public KernelSession Session { get; }

    /// <summary>Contents of the channels, node after node.</summary>
    public byte[][] Memory => _model.Image;

    /// <summary>The model in it.</summary>
    public QuantizedModel Model => _model.Model;

    /// <summary>The position of the next token.</summary>
    public int Position => _golden.Cache.Length;

    /// <summary>Runs the next token and compares its hidden state; the golden model goes on.</summary>
    public KernelReport Check(int token)
    {
        var report = Session.RunToken(Embedding(token), Position, new int[_configuration.Embed]);
        AllHave(_golden.Step(token));
        _past.Add(token);
        return report;
    }

    /// <summary>Runs a token at the next position and compares its hidden state; the position stays: its keys and values are written again.</summary>
    public KernelReport Repeat(int token)
    {
        var report = Session.RunToken(Embedding(token), Position, new int[_configuration.Embed]);
        AllHave(Replayed().Step(token));
        return report;
    }

    /// <summary>Runs the next token, which is to fail: the golden model stays where it is.</summary>
    public KernelReport Fail(int token) => Session.RunToken(Embedding(token), Position, new int[_configuration.Embed]);

    /// <summary>Begins the next token; nobody waits for it until its end.</summary>
    public void Begin(int token, CancellationToken cancel) => Session.RunToken(Embedding(token), Position, new int[_configuration.Embed], cancel);

    /// <summary>Runs a token through the first layers, at the next position, and compares; the position stays.</summary>
    public void CheckLayers(int token, int layers)
    {
        Session.Set("layers", (uint)layers);
        Session.RunToken(Embedding(token), Position, new int[_configuration.Embed]);
        AllHave(Replayed().Step(Embedding(token), Position, layers: layers == 0 ? null : layers));
        Session.Set("layers", 0);
    }

    public void Dispose() => Session.Dispose();

    /// <summary>A golden model that has had the tokens before the next one.</summary>
    private GoldenModel Replayed()
    {
        var golden = new GoldenModel(_model.Model);
        _past.ForEach(past => golden.Step(past));
        return golden;
    }

    private int[] Embedding(int token) => _model.Model.Embed(token, Position);

    /// <summary>Each node leaves the hidden state in its own buffer.</summary>
    private void AllHave(int[] hidden) => Assert.All(Session.Units, unit =>
    {
        Assert.Equal(KernelFault.None, Session.Reports[unit.Number].Fault);
        Assert.Equal(hidden, unit.Hidden());
    });
}
