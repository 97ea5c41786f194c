namespace LoopLynx.Host;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): a counter and a mixing function, so that any entry of a stream is direct.</summary>
internal static class SplitMix64
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Entry <paramref name="index"/> of the stream of <paramref name="seed"/>.</summary>
    public static ulong At(ulong seed, ulong index)
    {
        ulong z = seed + (index + 1) * Gamma;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The upper 53 bits as a number in [0, 1).</summary>
    public static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1L << 53));
}
