using System.Runtime.Intrinsics.X86;

namespace LoopLynx.Host.Tests;

public class Int8DotTests
{
    [Fact]
    public void EveryFormIsExact()
    {
        var random = new Random(4);
        foreach (int length in (int[])[0, 1, 15, 16, 31, 32, 63, 64, 65, 96, 100, 128, 1024, 4096])
        {
            Check([.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))], [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-127, 128))]);
            Check([.. Enumerable.Repeat((sbyte)-127, length)], [.. Enumerable.Repeat((short)127, length)]);
        }
    }

    private static void Check(sbyte[] weights, short[] x)
    {
        int expected = weights.Zip(x, (w, v) => w * v).Sum();
        Assert.Equal(expected, Int8Dot.Dot(weights, x));
        Assert.Equal(expected, Int8Dot.DotScalar(weights, x));
        Assert.Equal(expected, Int8Dot.DotPortable(weights, x));
        if (Avx2.IsSupported)
            Assert.Equal(expected, Int8Dot.Dot256(weights, x));
        if (Avx512BW.IsSupported)
            Assert.Equal(expected, Int8Dot.Dot512(weights, x));
    }
}
