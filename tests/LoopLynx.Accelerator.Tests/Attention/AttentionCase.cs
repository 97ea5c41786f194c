using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>One layer's attention of one token: random q, k, v and a random past, the context that the golden functions give, and the beats that memory delivers.</summary>
internal sealed class AttentionCase
{
    private readonly NodeConfiguration _configuration;
    private readonly TestModel _model;
    private readonly KvCache _cache;

    /// <param name="configuration">The node.</param>
    /// <param name="position">The token's position.</param>
    /// <param name="seed">Seed of the vectors.</param>
    /// <param name="zeroQueries">All scores are equal.</param>
    public AttentionCase(NodeConfiguration configuration, int position, int seed, bool zeroQueries = false)
    {
        (_configuration, _model, Position) = (configuration, new TestModel(configuration, (ulong)seed), position);
        var (c, d, random) = (configuration, configuration.HeadDim, new Random(seed));
        Qkv = random.Int16(3 * c.Embed);
        _cache = new KvCache(_model.Model.Description);
        for (var head = 0; head < c.Heads; head++)
        {
            var vectors = Qkv.AsSpan(head * 3 * d, 3 * d);
            random.Int16(position * d).CopyTo(_cache.Keys(0, head));
            random.Int16(position * d).CopyTo(_cache.Values(0, head));
            vectors[d..(2 * d)].CopyTo(_cache.Keys(0, head)[(position * d)..]);
            vectors[(2 * d)..].CopyTo(_cache.Values(0, head)[(position * d)..]);
            if (zeroQueries)
            {
                vectors[..d].Clear();
            }
        }

        KvCacheImage.Write(new ArrayMemory(_model.Image), _model.Map, _cache, position);
    }

    /// <summary>The token's position.</summary>
    public int Position { get; }

    /// <summary>[heads][q, k, v][headDim]</summary>
    public short[] Qkv { get; }

    /// <summary>Super-beats of the heads' constants.</summary>
    public List<Beat> Constants => _model.Beats(0, _model.Map["HeadConstants"]);

    /// <summary>K and V of the past, in the order of attention; where they share the channels.</summary>
    public IEnumerable<Beat> Rows => AttentionOrder.Reads(_configuration, _model.Map, 0, Position).Select(read => _model.BeatAt(read.Address));

    /// <summary>K, or V, of the past, in the order of attention.</summary>
    public IEnumerable<Beat> RowsOf(bool isValue) => AttentionOrder.Addresses(_configuration, _model.Map, 0, Position, isValue).Select(address => _model.KvRowAt(address, isValue));

    /// <summary>A head's keys up to the current one.</summary>
    public ReadOnlySpan<short> Keys(int head) => _cache.Keys(0, head)[..((Position + 1) * _configuration.HeadDim)];

    /// <summary>A head's query.</summary>
    public ReadOnlySpan<short> Query(int head) => Qkv.AsSpan(head * 3 * _configuration.HeadDim, _configuration.HeadDim);

    /// <summary>The golden context, [heads][headDim].</summary>
    public sbyte[] Context() => [.. Enumerable.Range(0, _configuration.Heads).SelectMany(HeadContext)];

    private IEnumerable<sbyte> HeadContext(int head)
    {
        var constants = _model.Model.Layers[0].Attention("Attention").Heads[head];
        var weights = new int[Position + 1];
        IntegerAttention.Scores(Query(head), Keys(head), weights);
        var (mantissa, exponent) = Reciprocal.Compute(IntegerAttention.Exponentials(weights, constants.Score));
        var sums = new long[_configuration.HeadDim];
        IntegerAttention.WeightedValues(weights, _cache.Values(0, head)[..((Position + 1) * _configuration.HeadDim)], sums, Plans.Int8);
        return sums.Select(sum => Plans.Clip8(IntegerAttention.Normalise(sum, mantissa, exponent, constants.Context)));
    }
}
