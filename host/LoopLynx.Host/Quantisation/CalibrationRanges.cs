using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Host;

/// <summary>The largest magnitude that each channel of each activation reached.</summary>
/// <param name="layers">Layers of the model.</param>
public sealed class CalibrationRanges(int layers) : IActivationObserver
{
    private readonly Dictionary<ActivationSite, float[]>[] absMax = [.. Enumerable.Range(0, layers).Select(_ => new Dictionary<ActivationSite, float[]>())];

    /// <summary>Tokens observed.</summary>
    public long Tokens { get; private set; }

    /// <summary>Per channel of the site, the largest magnitude seen, in real units.</summary>
    public ReadOnlySpan<float> Channels(ActivationSite site, int layer) => absMax[layer][site];

    /// <summary>The ranges of a layer's own sites: the final norm, which is observed as layer 0, isn't one of them.</summary>
    internal IEnumerable<float[]> OfLayer(int layer) => absMax[layer].Where(range => range.Key != ActivationSite.FinalNorm).Select(range => range.Value);

    /// <summary>The largest magnitude of the residual stream over all layers.</summary>
    public float Residual() =>
        absMax.SelectMany(layer => layer).Where(range => range.Key.Kind == ValueKind.Residual).Select(range => Max(range.Value)).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    public void Observe(ActivationSite site, int layer, ReadOnlySpan<float> vector)
    {
        Widen(Target(site, layer, vector.Length), vector);
        if (site == ActivationSite.Embedding)
            Tokens++;
    }

    /// <summary>Widens these ranges by others of the same model.</summary>
    public void Merge(CalibrationRanges other)
    {
        for (int layer = 0; layer < absMax.Length; layer++)
            foreach ((ActivationSite site, float[] range) in other.absMax[layer])
            {
                float[] target = Target(site, layer, range.Length);
                for (int i = 0; i < target.Length; i++)
                    target[i] = Math.Max(target[i], range[i]);
            }
        Tokens += other.Tokens;
    }

    /// <summary>The largest of some magnitudes.</summary>
    internal static float Max(ReadOnlySpan<float> values)
    {
        float max = 0;
        foreach (float value in values)
            max = Math.Max(max, value);
        return max;
    }

    /// <summary>Widens magnitudes by a vector's; a NaN stays.</summary>
    private static void Widen(Span<float> target, ReadOnlySpan<float> vector)
    {
        ref float to = ref MemoryMarshal.GetReference(target), from = ref MemoryMarshal.GetReference(vector);
        int i = 0;
        for (; i <= target.Length - 8; i += 8)
            Vector256.Max(Vector256.LoadUnsafe(ref to, (nuint)i), Vector256.Abs(Vector256.LoadUnsafe(ref from, (nuint)i))).StoreUnsafe(ref to, (nuint)i);
        for (; i < target.Length; i++)
            target[i] = Math.Max(target[i], Math.Abs(vector[i]));
    }

    private float[] Target(ActivationSite site, int layer, int length)
    {
        ref float[]? target = ref CollectionsMarshal.GetValueRefOrAddDefault(absMax[layer], site, out _);
        return target ??= new float[length];
    }
}
