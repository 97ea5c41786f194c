namespace LoopLynx.Host;

/// <summary>The largest magnitude that each channel of each activation reached.</summary>
public sealed class CalibrationRanges : IActivationObserver
{
    private static readonly int sites = Enum.GetValues<ActivationSite>().Length;

    private readonly float[][][] absMax;

    /// <summary>Empty ranges for a model.</summary>
    public CalibrationRanges(ModelShape shape)
    {
        absMax = new float[shape.Layers][][];
        for (int layer = 0; layer < shape.Layers; layer++)
        {
            absMax[layer] = new float[sites][];
            foreach (ActivationSite site in Enum.GetValues<ActivationSite>())
                absMax[layer][(int)site] = new float[site is ActivationSite.PreActivation or ActivationSite.Activation ? shape.FeedForward : shape.Embed];
        }
    }

    /// <summary>Tokens observed.</summary>
    public long Tokens { get; private set; }

    /// <summary>Per channel of the site, the largest magnitude seen, in real units.</summary>
    public ReadOnlySpan<float> Channels(ActivationSite site, int layer) => absMax[layer][(int)site];

    /// <summary>The largest magnitude over all channels of the site.</summary>
    public float Tensor(ActivationSite site, int layer) => Max(Channels(site, layer));

    /// <summary>The largest magnitude over the channels of one head.</summary>
    public float Head(ActivationSite site, int layer, int head, int headDim) => Max(Channels(site, layer).Slice(head * headDim, headDim));

    /// <summary>The largest magnitude of the residual stream over all layers.</summary>
    public float Residual() => Enumerable.Range(0, absMax.Length).Max(layer => Tensor(ActivationSite.Residual, layer));

    /// <inheritdoc/>
    public void Observe(ActivationSite site, int layer, ReadOnlySpan<float> vector)
    {
        float[] target = absMax[layer][(int)site];
        for (int i = 0; i < target.Length; i++)
            target[i] = Math.Max(target[i], Math.Abs(vector[i]));
        if (site == ActivationSite.Norm1 && layer == 0)
            Tokens++;
    }

    /// <summary>Widens these ranges by others of the same model.</summary>
    public void Merge(CalibrationRanges other)
    {
        for (int layer = 0; layer < absMax.Length; layer++)
            for (int site = 0; site < sites; site++)
                for (int i = 0; i < absMax[layer][site].Length; i++)
                    absMax[layer][site][i] = Math.Max(absMax[layer][site][i], other.absMax[layer][site][i]);
        Tokens += other.Tokens;
    }

    private static float Max(ReadOnlySpan<float> values)
    {
        float max = 0;
        foreach (float value in values)
            max = Math.Max(max, value);
        return max;
    }
}
