using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoopLynx.Host;

/// <summary>Inner products of 16-bit vectors. Exact as long as the sum fits 32 bits, which the caller sees to.</summary>
internal static class Int16Dot
{
    /// <summary>The inner product of two vectors of equal length, by the widest unit of this machine.</summary>
    public static int Dot(ReadOnlySpan<short> a, ReadOnlySpan<short> b) => Avx2.IsSupported ? Dot256(a, b) : DotPortable(a, b);

    /// <summary>16 products per step.</summary>
    internal static int Dot256(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var sum = Vector256<int>.Zero;
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        var i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            sum += Avx2.MultiplyAddAdjacent(Vector256.LoadUnsafe(ref pa, (nuint)i), Vector256.LoadUnsafe(ref pb, (nuint)i));
        }

        return Vector256.Sum(sum) + DotScalar(a[i..], b[i..]);
    }

    /// <summary>8 products per step, in vectors of any machine.</summary>
    internal static int DotPortable(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var sum = Vector128<int>.Zero;
        ref var pa = ref MemoryMarshal.GetReference(a);
        ref var pb = ref MemoryMarshal.GetReference(b);
        var i = 0;
        for (; i <= a.Length - 8; i += 8)
        {
            var (aLow, aHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref pa, (nuint)i));
            var (bLow, bHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref pb, (nuint)i));
            sum += (aLow * bLow) + (aHigh * bHigh);
        }

        return Vector128.Sum(sum) + DotScalar(a[i..], b[i..]);
    }

    /// <summary>One product per step.</summary>
    internal static int DotScalar(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        var sum = 0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
