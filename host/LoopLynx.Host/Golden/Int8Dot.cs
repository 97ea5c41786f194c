using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoopLynx.Host;

/// <summary>
/// Inner products of int8 weights with int8 activations that were widened to int16 once. Exact in every form as long as the sum fits 32 bits,
/// which the caller sees to.
/// </summary>
internal static class Int8Dot
{
    /// <summary>The inner product of two vectors of equal length, by the widest unit of this machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> x) =>
        Avx512BW.IsSupported ? Dot512(weights, x) : Avx2.IsSupported ? Dot256(weights, x) : DotPortable(weights, x);

    /// <summary>32 products per step.</summary>
    internal static int Dot512(ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> x)
    {
        Vector512<int> even = default, odd = default;
        ref sbyte pw = ref MemoryMarshal.GetReference(weights);
        ref short px = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= weights.Length - 64; i += 64)
        {
            even += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref pw, (nuint)i)), Vector512.LoadUnsafe(ref px, (nuint)i));
            odd += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref pw, (nuint)i + 32)), Vector512.LoadUnsafe(ref px, (nuint)i + 32));
        }
        for (; i <= weights.Length - 32; i += 32)
            even += Avx512BW.MultiplyAddAdjacent(
                Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref pw, (nuint)i)), Vector512.LoadUnsafe(ref px, (nuint)i));
        return Vector512.Sum(even + odd) + DotScalar(weights[i..], x[i..]);
    }

    /// <summary>16 products per step.</summary>
    internal static int Dot256(ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> x)
    {
        Vector256<int> sum = default;
        ref sbyte pw = ref MemoryMarshal.GetReference(weights);
        ref short px = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= weights.Length - 16; i += 16)
            sum += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref pw, (nuint)i)), Vector256.LoadUnsafe(ref px, (nuint)i));
        return Vector256.Sum(sum) + DotScalar(weights[i..], x[i..]);
    }

    /// <summary>16 products per step, in vectors of any machine.</summary>
    internal static int DotPortable(ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> x)
    {
        Vector128<int> sum = default;
        ref sbyte pw = ref MemoryMarshal.GetReference(weights);
        ref short px = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= weights.Length - 16; i += 16)
        {
            // One product fits 15 bits and a sign; only sums need the wider lanes.
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref pw, (nuint)i));
            (Vector128<int> a, Vector128<int> b) = Vector128.Widen(low * Vector128.LoadUnsafe(ref px, (nuint)i));
            (Vector128<int> c, Vector128<int> d) = Vector128.Widen(high * Vector128.LoadUnsafe(ref px, (nuint)i + 8));
            sum += a + b + (c + d);
        }
        return Vector128.Sum(sum) + DotScalar(weights[i..], x[i..]);
    }

    /// <summary>One product per step.</summary>
    internal static int DotScalar(ReadOnlySpan<sbyte> weights, ReadOnlySpan<short> x)
    {
        int sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * x[i];
        return sum;
    }
}
