using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>
/// One machine whose every stream the test can hold back, and the golden hidden states and memory of a few tokens: one engine for many seeds.
/// </summary>
internal sealed class FuzzedMachine : IDisposable
{
    private const int Past = 3;
    private const int Tokens = 2;

    // Far more than all bursts of stalls in a row.
    private const int Patience = 20_000;

    private readonly NodeConfiguration _c;
    private readonly IEngine _engine;
    private readonly byte[][] _before;
    private readonly byte[][] _after;
    private readonly TokenInput[] _tokens;
    private readonly int[][] _hidden;

    /// <param name="configuration">The machine.</param>
    /// <param name="broken">Another ring than the right one; its own assertions are off, so that the comparison has to see it.</param>
    public FuzzedMachine(NodeConfiguration configuration, LoopLynxRing? broken = null)
    {
        _c = configuration.Validated();
        _engine = broken is null
            ? Engines.Create(EngineKind.Compiled, StallingLink.Ring(_c))
            : new CompiledEngine(Elaborator.Elaborate(Engines.Checked(broken)), new CompiledOptions { CheckAssertions = false });
        var model = new TestModel(_c);
        var golden = new GoldenModel(model.Model);
        golden.Cache.FillSynthetic(Past, seed: 5);
        Machine.WriteCache(model.Image, model.Map, golden.Cache, Past);
        _before = [.. model.Image.Select(channel => (byte[])channel.Clone())];
        _tokens = [.. Enumerable.Range(0, Tokens).Select(i => new TokenInput(Past + i, model.Model.Embed(i + 1, Past + i).ToArray()))];
        _hidden = [.. _tokens.Select(token => golden.Step(token.Embedding, token.Position))];
        Machine.WriteCache(model.Image, model.Map, golden.Cache, Past + Tokens);
        _after = model.Image;
    }

    /// <summary>Cycles of all seeds so far.</summary>
    public long Cycles { get; private set; }

    public void Dispose() => _engine.Dispose();

    /// <summary>Runs the tokens with the stalls of a seed; what went wrong, or null.</summary>
    public string? Run(int seed)
    {
        var random = new Random(seed);
        byte[][] memory = [.. _before.Select(channel => (byte[])channel.Clone())];
        var stalls = new StallProbe(_engine, _c, random);
        var start = _engine.Cycle;

        // The engine is this machine's: the session, which would dispose of it, is left alone.
        var session = new NodeSession(_engine, _c, memory, _ => Timing(random), seed) { Probe = stalls, WatchdogCycles = Patience };
        var wrong = Run(session, memory);
        Cycles += _engine.Cycle - start;
        return wrong is null ? null : $"{_c}, seed {seed}, cycle {_engine.Cycle - start}: {wrong}; {stalls}";
    }

    private string? Run(NodeSession session, byte[][] memory)
    {
        int[][] hidden;
        try
        {
            hidden = session.RunTokens(_tokens, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is SimulationException or AssertionFailedException)
        {
            return e.Message;
        }

        var wrong = Enumerable.Range(0, Tokens).Where(token => !hidden[token].AsSpan().SequenceEqual(_hidden[token])).ToArray();
        return wrong.Length > 0 ? $"the hidden state of token {wrong[0]} differs from the golden model"
            : !memory.Zip(_after).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)) ? "the KV cache in memory differs from the golden model's"
            : null;
    }

    // Data and answers stall with the memory's own figures; bursts of stalls are refreshes.
    private static ChannelTiming Timing(Random random) => new("fuzz", random.Pick(1, 5, 64))
    {
        StallProbability = random.Pick(0, 0, 0.2, 0.5, 0.8),
        LatencyJitter = random.Pick(0, 10, 200),
        RefreshInterval = random.Pick(0, 300, 1111),
        RefreshCycles = random.Pick(20, 200),
    };
}
