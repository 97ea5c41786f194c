using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>A kernel with its memory, beside the golden model of the same weights.</summary>
internal sealed class KernelRun : IDisposable
{
    private readonly NodeConfiguration _configuration;
    private readonly TestModel _model;
    private readonly GoldenModel _golden;
    private readonly List<int> _past = [];

    public KernelRun(EngineKind kind, NodeConfiguration configuration, Func<int, ChannelTiming> timing, int seed = 1)
    {
        (_configuration, _model) = (configuration, new TestModel(configuration, (ulong)seed));
        _golden = new GoldenModel(_model.Model);
        Session = new KernelSession(Engines.Create(kind, Machine.ElaborateCheckedKernel(configuration)), configuration, _model.Image, timing, seed)
        {
            Limit = 200_000,
        };
    }

    public KernelSession Session { get; }

    /// <summary>The position of the next token.</summary>
    public int Position => _golden.Cache.Length;

    /// <summary>Runs the next token and compares its hidden state; the golden model goes on.</summary>
    public KernelReport Check(int token)
    {
        var hidden = new int[_configuration.Embed];
        var report = Session.RunToken(Embedding(token), Position, hidden);
        Assert.Equal(KernelFault.None, report.Fault);
        Assert.Equal(_golden.Step(token), hidden);
        _past.Add(token);
        return report;
    }

    /// <summary>Runs a token at the next position and compares its hidden state; the position stays: its keys and values are written again.</summary>
    public KernelReport Repeat(int token)
    {
        var hidden = new int[_configuration.Embed];
        var report = Session.RunToken(Embedding(token), Position, hidden);
        Assert.Equal(KernelFault.None, report.Fault);
        var golden = new GoldenModel(_model.Model);
        _past.ForEach(past => golden.Step(past));
        Assert.Equal(golden.Step(token), hidden);
        return report;
    }

    /// <summary>Runs the next token, which is to fail: the golden model stays where it is.</summary>
    public KernelReport Fail(int token) => Session.RunToken(Embedding(token), Position, new int[_configuration.Embed]);

    public void Dispose() => Session.Dispose();

    private int[] Embedding(int token) => _model.Model.Embed(token, Position);
}
