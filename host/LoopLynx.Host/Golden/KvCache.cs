namespace LoopLynx.Host;

/// <summary>The int8 keys and values of one sequence, <c>[layer][head][position][d]</c>.</summary>
public sealed class KvCache
{
    private readonly ModelShape shape;
    private readonly sbyte[] keys, values;

    /// <summary>An empty cache for a whole context.</summary>
    public KvCache(ModelShape shape)
    {
        this.shape = shape;
        keys = new sbyte[shape.Layers * shape.Context * shape.Embed];
        values = new sbyte[keys.Length];
    }

    /// <summary>Positions filled.</summary>
    public int Length { get; internal set; }

    /// <summary>A head's keys, <c>[context, d]</c>; the first <see cref="Length"/> rows count.</summary>
    public Span<sbyte> Keys(int layer, int head) => Head(keys, layer, head);

    /// <summary>A head's values, <c>[context, d]</c>; the first <see cref="Length"/> rows count.</summary>
    public Span<sbyte> Values(int layer, int head) => Head(values, layer, head);

    /// <summary>
    /// Fills the first positions with random numbers (bell-shaped, deviation about 36, as a synthetic model's keys and values), so that a
    /// token far into a context can be computed without computing those before it.
    /// </summary>
    public void FillSynthetic(int length, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, shape.Context);
        Length = length;
        int used = length * shape.HeadDim;
        ulong stream = 0;
        for (int layer = 0; layer < shape.Layers; layer++)
            for (int head = 0; head < shape.Heads; head++)
            {
                Fill(Keys(layer, head)[..used], SplitMix64.At(seed, stream++));
                Fill(Values(layer, head)[..used], SplitMix64.At(seed, stream++));
            }
    }

    private static void Fill(Span<sbyte> target, ulong seed)
    {
        for (int i = 0; i < target.Length; i++)
        {
            // The sum of three uniform 6-bit numbers, centred, has the deviation 32.
            ulong bits = SplitMix64.At(seed, (ulong)i);
            target[i] = (sbyte)((int)(bits & 63) + (int)(bits >> 6 & 63) + (int)(bits >> 12 & 63) - 95);
        }
    }

    private Span<sbyte> Head(sbyte[] cache, int layer, int head)
    {
        int size = shape.Context * shape.HeadDim;
        return cache.AsSpan((layer * shape.Heads + head) * size, size);
    }
}
