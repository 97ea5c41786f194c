using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Host;

/// <summary>Random numbers by position instead of by sequence: entry i of a stream is a hash, so any part can be made alone.</summary>
internal sealed class SyntheticWeights(ulong seed, CancellationToken cancel = default)
{
    /// <summary>Standard deviation of <see cref="Weights"/> of 8 bits: uniform over about -127..127.</summary>
    private const double ByteDeviation = 73.6;

    // Words between two looks at the token: about a millisecond.
    private const int CheckEvery = 1 << 18;

    private ulong streams;

    /// <summary>Standard deviation of <see cref="Weights"/> of a format.</summary>
    public static double Deviation(NumericFormat format) => ByteDeviation * SyntheticRange.Of(format);

    /// <summary>Uniform values of a symmetric format of at most 8 bits, <paramref name="count"/> of them, a new stream each call.</summary>
    public sbyte[] Weights(int count, NumericFormat format)
    {
        var values = Bytes(count);
        if (format.Max == SyntheticRange.ByteMax)
            return values;
        foreach (ref sbyte value in values.AsSpan())
            value = (sbyte)(value * format.Max / SyntheticRange.ByteMax);
        return values;
    }

    /// <summary>Uniform bytes without -128.</summary>
    private sbyte[] Bytes(int count)
    {
        ulong stream = NextStream();
        var values = new sbyte[count];
        Span<ulong> words = MemoryMarshal.Cast<sbyte, ulong>(values.AsSpan());
        for (int i = 0; i < words.Length; i++)
        {
            if (i % CheckEvery == 0)
                cancel.ThrowIfCancellationRequested();
            words[i] = SplitMix64.At(stream, (ulong)i);
        }
        for (int i = words.Length * 8; i < count; i++)
            values[i] = (sbyte)SplitMix64.At(stream, (ulong)i);

        // -128, which the multipliers cannot take, becomes -127.
        int at = 0;
        const sbyte smallest = -SyntheticRange.ByteMax;
        ref sbyte first = ref MemoryMarshal.GetReference(values.AsSpan());
        for (; at <= count - 32; at += 32)
            Vector256.Max(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.Create(smallest)).StoreUnsafe(ref first, (nuint)at);
        for (; at < count; at++)
            values[at] = Math.Max(values[at], smallest);
        return values;
    }

    /// <summary>Uniform real numbers in low .. high, <paramref name="count"/> of them, a new stream each call.</summary>
    public double[] Uniform(int count, double low, double high)
    {
        ulong stream = NextStream();
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = low + (high - low) * SplitMix64.ToUnit(SplitMix64.At(stream, (ulong)i));
        return values;
    }

    private ulong NextStream() => SplitMix64.At(seed, ++streams);
}
