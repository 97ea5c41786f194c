using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>A machine of one node or a ring, with its memory, beside the golden model of the same weights.</summary>
internal sealed class NodeRun
{
    private readonly NodeConfiguration _configuration;
    private readonly TestModel _model;
    private readonly NodeSession _session;

    /// <summary>Resets the engine, which the caller disposes of: runs may follow one another on it.</summary>
    public NodeRun(IEngine engine, NodeConfiguration configuration, ChannelTiming timing, int seed = 1)
    {
        (_configuration, _model) = (configuration, new TestModel(configuration, (ulong)seed));
        Golden = new GoldenModel(_model.Model);
        Memory = [.. _model.Image.Select(channel => (byte[])channel.Clone())];
        _session = new NodeSession(engine, configuration, Memory, timing, seed);
    }

    public GoldenModel Golden { get; private set; }

    public MemoryLayout Layout => _model.Layout;

    /// <summary>What the channels hold now, [nodes * channels][bytes].</summary>
    public byte[][] Memory { get; }

    /// <summary>Cycles of the last token.</summary>
    public long Cycles { get; private set; }

    /// <summary>Cycles of each stage of the last token, by activity.</summary>
    public long[] StageCycles => [.. from stage in Enum.GetValues<Stage>() from activity in Enum.GetValues<Activity>() select _session.Stages[stage, activity]];

    /// <summary>Forgets the sequence; the machine isn't told.</summary>
    public void BeginSequence() => Golden = new GoldenModel(_model.Model);

    /// <summary>Puts a past of random keys and values into the cache, so that the next token is at <paramref name="position"/>.</summary>
    public void SkipTo(int position)
    {
        Golden.Cache.FillSynthetic(position, seed: 5);
        Machine.WriteCache(Memory, Layout, Golden.Cache, position);
    }

    /// <summary>Runs the next token on both.</summary>
    public (int[] Hidden, int[] Expected) Run(int token)
    {
        var (position, hidden) = (Golden.Cache.Length, new int[_configuration.Embed]);
        Cycles = _session.RunToken(_model.Model.Embed(token, position), position, hidden);
        return (hidden, Golden.Step(token));
    }

    /// <summary>Runs the next token and compares the hidden state, the beats that each channel has read, and every byte of memory.</summary>
    public void Check(int token)
    {
        var (position, read) = (Golden.Cache.Length, _session.BeatsRead.ToArray());
        var (hidden, expected) = Run(token);
        Assert.Equal(expected, hidden);
        Assert.Equal(read.Select((before, i) => before + ReadPlan.Beats(_configuration, Layout, i % _configuration.Channels, position)), _session.BeatsRead);
        Machine.WriteCache(_model.Image, Layout, Golden.Cache, position + 1);
        Assert.True(_model.Image.Zip(Memory).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), $"the KV cache in memory differs after position {position}");
    }
}
