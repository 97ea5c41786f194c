namespace LoopLynx.Host;

/// <summary>The integer keys and values of one sequence, <c>[layer][head][position][d]</c>; heads are those of K and V.</summary>
public sealed class KvCache
{
    private readonly ModelDescription model;
    private readonly short[] keys, values;

    /// <summary>An empty cache for a whole context.</summary>
    /// <param name="model">The model's shape.</param>
    /// <param name="plan">The formats; null: 8 bits.</param>
    public KvCache(ModelDescription model, NumericPlan? plan = null)
    {
        this.model = model;
        Plan = plan ?? NumericPlan.Int8;
        keys = new short[model.Layers * model.KvHeads * model.Context * model.HeadWidth];
        values = new short[keys.Length];
    }

    /// <summary>The formats.</summary>
    public NumericPlan Plan { get; }

    /// <summary>Positions filled.</summary>
    public int Length { get; internal set; }

    /// <summary>A head's keys, <c>[context, d]</c>; the first <see cref="Length"/> rows count.</summary>
    public Span<short> Keys(int layer, int head) => Head(keys, layer, head);

    /// <summary>A head's values, <c>[context, d]</c>; the first <see cref="Length"/> rows count.</summary>
    public Span<short> Values(int layer, int head) => Head(values, layer, head);

    /// <summary>
    /// Fills the first positions with random numbers (bell-shaped, deviation about 36 steps of 8 bits, as a synthetic model's keys and
    /// values), so that a token far into a context can be computed without computing those before it.
    /// </summary>
    public void FillSynthetic(int length, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, model.Context);
        Length = length;
        int used = length * model.HeadWidth;
        ulong stream = 0;
        for (int layer = 0; layer < model.Layers; layer++)
            for (int head = 0; head < model.KvHeads; head++)
            {
                Fill(Keys(layer, head)[..used], SplitMix64.At(seed, stream++), Plan.Key);
                Fill(Values(layer, head)[..used], SplitMix64.At(seed, stream++), Plan.Value);
            }
    }

    private static void Fill(Span<short> target, ulong seed, NumericFormat format)
    {
        int max = (int)format.Max;
        for (int i = 0; i < target.Length; i++)
        {
            // The sum of three uniform 6-bit numbers, centred, has the deviation 32.
            ulong bits = SplitMix64.At(seed, (ulong)i);
            int value = (int)(bits & 63) + (int)(bits >> 6 & 63) + (int)(bits >> 12 & 63) - 95;
            target[i] = (short)(value * max / SyntheticRange.ByteMax);
        }
    }

    private Span<short> Head(short[] cache, int layer, int head)
    {
        int size = model.Context * model.HeadWidth;
        return cache.AsSpan((layer * model.KvHeads + head) * size, size);
    }
}
