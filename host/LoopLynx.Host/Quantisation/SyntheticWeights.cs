using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Host;

/// <summary>Random numbers by position instead of by sequence: entry i of a stream is a hash, so any part can be made alone.</summary>
internal sealed class SyntheticWeights(ulong seed, CancellationToken cancel = default)
{
    /// <summary>Standard deviation of <see cref="Int8"/>: uniform over about -127..127.</summary>
    public const double Deviation = 73.6;

    // Words between two looks at the token: about a millisecond.
    private const int CheckEvery = 1 << 18;

    private ulong streams;

    /// <summary>Uniform int8 values in -127..127, <paramref name="count"/> of them, a new stream each call.</summary>
    public sbyte[] Int8(int count)
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
        ref sbyte first = ref MemoryMarshal.GetReference(values.AsSpan());
        for (; at <= count - 32; at += 32)
            Vector256.Max(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.Create((sbyte)-127)).StoreUnsafe(ref first, (nuint)at);
        for (; at < count; at++)
            values[at] = Math.Max(values[at], (sbyte)-127);
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
